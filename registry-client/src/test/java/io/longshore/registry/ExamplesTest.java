package io.longshore.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.client.RegistryClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Javadoc and the page of the library show as examples, compiles. */
class ExamplesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\\R(.*?)\\R\\s*\\*\\s*}</pre>", Pattern.DOTALL);
    private static final Path PAGE = Path.of("../docs/library.md");
    private static final Pattern BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern MARGIN = Pattern.compile("(?m)^\\s*\\* ?");

    /** What examples may use without saying where it comes from. */
    private static final String GIVEN = """
            Digest digest;
            OutputStream out;
            InputStream in;
            Path folder;
            Path file;
            byte[] bytes;
            Repository repository;
            """;

    /** One of a file. */
    private record Example(String file, String text) {
        @Override
        public String toString() {
            return file;
        }
    }

    /** Source that is nowhere but here. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Example.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    @TempDir
    private Path folder;

    static Stream<Example> examples() throws IOException {
        List<Example> found = new ArrayList<>();
        for (Path file : sources()) {
            for (Matcher matcher = EXAMPLE.matcher(Files.readString(file)); matcher.find(); ) {
                found.add(new Example(
                        SOURCES.relativize(file).toString(), MARGIN.matcher(matcher.group(1)).replaceAll("")));
            }
        }
        String page = Files.readString(PAGE);
        for (Matcher matcher = BLOCK.matcher(page); matcher.find(); ) {
            String before = page.substring(0, matcher.start());
            found.add(new Example("library.md, line " + before.lines().count(), matcher.group(1)));
        }
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void compiles(Example example) throws IOException {
        assertThat(errors(example.text())).isEmpty();
    }

    @Test
    void findsWhatDoesNotCompile() throws IOException {
        assertThat(errors("RegistryClient client = RegistryClient.of(1);")).hasSize(1);
        assertThat(errors("Path nothing;")).isEmpty();
    }

    @Test
    void missesNone() throws IOException {
        long begun = 0;
        for (Path file : sources()) {
            begun += Files.readString(file).lines().filter(line -> line.contains("<pre>")).count();
        }
        begun += Files.readString(PAGE).lines().filter(line -> line.startsWith("```java")).count();
        assertThat(examples()).hasSize((int) begun).hasSizeGreaterThan(7);
    }

    private List<String> errors(String statements) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, Locale.ROOT, null)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(library()));
            compiler.getTask(null, files, problems, List.of("-proc:none"), null, List.of(new Source(program(statements))))
                    .call();
        }
        return problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .map(problem -> problem.getMessage(Locale.ROOT))
                .toList();
    }

    private static Path library() {
        return Path.of(URI.create(
                RegistryClient.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static String program(String statements) throws IOException {
        Stream<String> packages = Stream.concat(
                Stream.of("java.io", "java.nio.file", "java.time", "java.util", "java.util.stream"),
                sources().stream().map(file -> SOURCES.relativize(file.getParent()).toString().replace('/', '.')));
        String imports = packages.distinct().map(name -> "import " + name + ".*;\n").collect(Collectors.joining());
        return imports + "class Example {\n" + GIVEN + "void run() throws Exception {\n" + statements + "\n}\n}\n";
    }

    /** The tool has no users in Java. */
    private static List<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/tool/"))
                    .sorted()
                    .toList();
        }
    }
}
