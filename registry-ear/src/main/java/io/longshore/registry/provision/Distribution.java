package io.longshore.registry.provision;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A WildFly distribution in its ZIP file, read in place: unpacking all of it would take longer than all the rest. */
final class Distribution implements Closeable {

    private static final String LAYER = "modules/system/layers/base/";

    private final ZipFile zip;
    private final String root;

    private Distribution(ZipFile zip) {
        this.zip = zip;
        String first = zip.entries().nextElement().getName();
        this.root = first.substring(0, first.indexOf('/') + 1);
    }

    /** Opens the ZIP file; the caller closes the distribution. */
    static Distribution open(Path file) throws IOException {
        return new Distribution(new ZipFile(file.toFile()));
    }

    /** The descriptor of a module, empty if the distribution has none of that name (a module of the JDK). */
    Optional<ModuleDescriptor> module(String name) throws IOException {
        ZipEntry entry = zip.getEntry(root + folder(name) + "module.xml");
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream xml = zip.getInputStream(entry)) {
            return Optional.of(ModuleDescriptor.read(xml));
        }
    }

    /** Copies the files of a module below {@code home}, under the path that they have in the distribution. */
    void copyModule(String name, Path home) throws IOException {
        String prefix = root + folder(name);
        List<ZipEntry> files = new ArrayList<>();
        zip.stream().filter(e -> e.getName().startsWith(prefix) && !e.isDirectory()).forEach(files::add);
        for (ZipEntry file : files) {
            copy(file, home);
        }
    }

    /** Copies one file, named by its path in the distribution, below {@code home}. */
    void copyFile(String path, Path home) throws IOException {
        ZipEntry entry = zip.getEntry(root + path);
        if (entry == null) {
            throw new IOException(zip.getName() + " has no file " + path);
        }
        copy(entry, home);
    }

    private void copy(ZipEntry entry, Path home) throws IOException {
        Path target = home.resolve(entry.getName().substring(root.length()));
        Files.createDirectories(target.getParent());
        try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, target);
        }
    }

    private static String folder(String module) {
        int colon = module.indexOf(':');
        String name = colon < 0 ? module : module.substring(0, colon);
        String slot = colon < 0 ? "main" : module.substring(colon + 1);
        return LAYER + name.replace('.', '/') + "/" + slot + "/";
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
