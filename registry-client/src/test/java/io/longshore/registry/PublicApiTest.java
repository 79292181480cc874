package io.longshore.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.client.RegistryClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the library offers is what is written down in {@code src/test/api}, a file for each package: nothing is added,
 * changed or taken away by mistake, and each commit shows what it does to it. {@code -Dapi.accept=true} writes the files
 * anew.
 */
class PublicApiTest {
    private static final Path WRITTEN = Path.of("src/test/api");
    private static final PublicApi API = new PublicApi(Path.of(URI.create(
            RegistryClient.class.getProtectionDomain().getCodeSource().getLocation().toString())));

    static Stream<String> packages() throws IOException {
        return API.packages().stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void isAsItIsWrittenDown(String packageName) throws IOException {
        Path file = WRITTEN.resolve(packageName + ".txt");
        List<String> lines = API.lines(packageName);
        if (Boolean.getBoolean("api.accept")) {
            Files.createDirectories(WRITTEN);
            Files.write(file, lines);
        }

        assertThat(lines)
                .as("the public API has changed; if that is meant, -Dapi.accept=true writes it down")
                .isEqualTo(Files.readAllLines(file));
    }

    @Test
    void hasNoFileOfAPackageThatIsGone() throws IOException {
        try (Stream<Path> files = Files.list(WRITTEN)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
                    .containsExactlyInAnyOrderElementsOf(API.packages());
        }
    }

    @ParameterizedTest
    @MethodSource("packages")
    void speaksOfNothingButJavaAndItself(String packageName) throws IOException {
        for (Class<?> type : API.types(packageName)) {
            assertThat(PublicApi.spokenOf(type).map(PublicApiTest::element))
                    .as(type.getName())
                    .allMatch(spoken -> spoken.isPrimitive()
                            || spoken.getName().startsWith("java.")
                            || spoken.getName().startsWith("io.longshore.registry."));
        }
    }

    private static Class<?> element(Class<?> type) {
        return type.isArray() ? element(type.getComponentType()) : type;
    }
}
