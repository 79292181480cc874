package io.longshore.registry.provision;

import io.longshore.registry.launcher.Folders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jboss.jandex.IndexWriter;
import org.jboss.jandex.Indexer;

/**
 * Unpacks the EAR for the server, so that a start neither copies it nor looks for annotations in its libraries: that
 * takes half of the processor time of a start, and there is nothing to be found. Each library says so with an index of
 * annotations that is empty. The EAR itself stays as it is. A folder made from the same EAR is left alone.
 */
public final class Explode {

    private static final String INDEX = "META-INF/jandex.idx";
    private static final String OURS = "io.longshore-";

    private Explode() {
    }

    /**
     * Unpacks an EAR.
     *
     * @param args the EAR and the folder to make
     */
    public static void main(String... args) throws IOException {
        Path ear = Path.of(args[0]);
        Path folder = Path.of(args[1]);
        Path stamp = folder.resolveSibling(folder.getFileName() + ".made-from");
        String madeFrom = digest(ear);
        if (Files.exists(stamp) && Files.readString(stamp).equals(madeFrom)) {
            return;
        }
        Files.deleteIfExists(stamp);
        Folders.delete(folder);
        try (InputStream content = Files.newInputStream(ear)) {
            unpack(content, folder);
        }
        declareFreeOfAnnotations(libraries(folder));
        Files.writeString(stamp, madeFrom);
    }

    private static void unpack(InputStream content, Path folder) throws IOException {
        ZipInputStream zip = new ZipInputStream(content);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            Path path = folder.resolve(entry.getName());
            if (entry.isDirectory()) {
                Files.createDirectories(path);
            } else if (entry.getName().endsWith(".war")) {
                unpack(zip, path);
            } else {
                Files.createDirectories(path.getParent());
                Files.copy(zip, path);
            }
        }
    }

    private static List<Path> libraries(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getParent().endsWith("lib"))
                    .filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !file.getFileName().toString().startsWith(OURS))
                    .toList();
        }
    }

    private static void declareFreeOfAnnotations(List<Path> libraries) throws IOException {
        ByteArrayOutputStream empty = new ByteArrayOutputStream();
        new IndexWriter(empty).write(new Indexer().complete());
        for (Path library : libraries) {
            try (FileSystem jar = FileSystems.newFileSystem(library)) {
                Files.createDirectories(jar.getPath("META-INF"));
                Files.write(jar.getPath(INDEX), empty.toByteArray());
            }
        }
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
