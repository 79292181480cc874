package io.longshore.registry.it.driver;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What a guide shows, made into a jar as its author would. */
final class ExampleJar {
    static final Path STORAGE_DRIVER = Path.of("../docs/storage-driver/src/main");
    static final Path LOGIN_PROVIDER = Path.of("../docs/login-provider/src/main");

    /** With all jars in it: the runner of the tests has put them into the manifest of an empty one. */
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private ExampleJar() {}

    /** Compiles {@code sources} in {@code work} and writes the jar. */
    static void build(Path sources, Path work, Path jar) throws IOException {
        Path classes = Files.createDirectories(work.resolve("classes"));
        compile(files(sources.resolve("java")), classes);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            add(classes, out);
            add(sources.resolve("resources"), out);
        }
    }

    private static void compile(List<Path> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-d", classes.toString(), "-cp", CLASS_PATH, "--release", "17");
            boolean compiled = compiler.getTask(
                            null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("the example does not compile");
            }
        }
    }

    private static void add(Path folder, JarOutputStream out) {
        files(folder).forEach(file -> {
            try {
                out.putNextEntry(new JarEntry(folder.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
