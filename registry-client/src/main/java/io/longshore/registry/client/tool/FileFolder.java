package io.longshore.registry.client.tool;

import io.longshore.registry.client.copy.ContentSource;
import io.longshore.registry.client.copy.ContentTarget;
import io.longshore.registry.client.copy.VerifiedStream;
import io.longshore.registry.client.http.Content;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RawManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder that gets the files of one artifact, under the names that it gives them; whatever these are, nothing outside
 * of the folder is written. Each file is there whole, or as it was. Thread-safe.
 */
final class FileFolder implements ContentTarget {
    private final Path folder;
    /** By their paths below the folder. */
    private final Map<Path, Descriptor> files;

    private FileFolder(Path folder, Map<Path, Descriptor> files) {
        this.folder = folder;
        this.files = files;
    }

    /**
     * Writes nothing yet.
     *
     * @param layers those without a name are left out
     * @throws IOException if one leads out of the folder, or two are the same
     */
    static FileFolder of(Path folder, List<Descriptor> layers) throws IOException {
        Map<Path, Descriptor> files = new LinkedHashMap<>();
        for (Descriptor layer : layers) {
            String title = layer.annotations().get(LayerFile.TITLE);
            if (title != null && files.put(path(title), layer) != null) {
                throw new IOException("two files of the artifact are called '" + title + "'; nothing is written");
            }
        }
        return new FileFolder(folder, files);
    }

    private static Path path(String title) throws IOException {
        try {
            Path path = Path.of(title).normalize();
            boolean isBelow = !path.isAbsolute() && !path.startsWith("..") && !path.toString().isEmpty();
            // What some systems take for a way up, or another disk, is not for the others to pass on.
            if (isBelow && title.indexOf('\\') < 0 && title.indexOf(':') < 0) {
                return path;
            }
        } catch (InvalidPathException e) {
            // As the others.
        }
        throw new IOException("a file of the artifact is called '" + title + "', which leads out of the folder or is no"
                + " name everywhere; nothing is written");
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** The files, with the folder. */
    List<String> names() {
        return files.keySet().stream().map(path -> folder.resolve(path).toString()).toList();
    }

    List<Fields> report() {
        return files.entrySet().stream()
                .map(file -> ArtifactReport.file(folder.resolve(file.getKey()).toString(), file.getValue()))
                .toList();
    }

    private List<Path> paths(Digest digest) {
        return files.entrySet().stream()
                .filter(file -> file.getValue().digest().equals(digest))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What no file is made of is not missed. */
    @Override
    public boolean hasBlob(Descriptor blob) throws IOException {
        for (Path path : paths(blob.digest())) {
            if (!has(folder.resolve(path), blob)) {
                return false;
            }
        }
        return true;
    }

    private static boolean has(Path file, Descriptor blob) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != blob.sizeBytes()) {
            return false;
        }
        try (InputStream in = new VerifiedStream(Files.newInputStream(file), blob)) {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (IOException e) {
            // Another file of the same length, or one that cannot be read: it is replaced, if that can be done.
            return false;
        }
    }

    @Override
    public boolean hasManifest(Descriptor manifest) {
        return false;
    }

    @Override
    public boolean mount(Descriptor blob, ContentSource source) {
        return false;
    }

    @Override
    public void putBlob(Descriptor blob, Content content) throws IOException {
        for (Path path : paths(blob.digest())) {
            Path file = folder.resolve(path);
            makeParent(file);
            try (InputStream in = content.open(); WholeFile whole = WholeFile.create(file)) {
                in.transferTo(whole.out());
                whole.commit();
            }
        }
    }

    /** Links that are there already may lead anywhere. */
    private void makeParent(Path file) throws IOException {
        Path top = Files.createDirectories(folder.toAbsolutePath()).toRealPath();
        Path parent = file.toAbsolutePath().normalize().getParent();
        Path existing = parent;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!existing.toRealPath().startsWith(top)) {
            throw new IOException(file + ": a link on the way leads out of the folder");
        }
        Files.createDirectories(parent);
    }

    @Override
    public void putManifest(RawManifest manifest, List<String> names) {
        // The files are what is wanted.
    }
}
