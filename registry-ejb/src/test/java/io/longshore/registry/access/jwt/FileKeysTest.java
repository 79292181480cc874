package io.longshore.registry.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeysTest {
    private static final Issuer OLD = Issuer.ec("old");
    private static final Issuer NEW = Issuer.ec("new");

    @TempDir
    private Path folder;

    private static boolean knows(FileKeys keys, String id) throws IOException {
        return !keys.find(new KeyHint(id, List.of())).isEmpty();
    }

    @Test
    void readsTheFileAgainWhenItChanges() throws IOException {
        Path file = Files.writeString(folder.resolve("jwks.json"), Issuer.jwks(OLD));
        FileKeys keys = new FileKeys(file);
        assertThat(knows(keys, "old")).isTrue();

        Files.writeString(file, Issuer.jwks(NEW));
        assertThat(knows(keys, "new")).isTrue();
        assertThat(knows(keys, "old")).isFalse();

        Files.writeString(file, "{");
        assertThatThrownBy(() -> knows(keys, "new"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
        Files.writeString(file, Issuer.jwks(OLD, NEW));
        assertThat(knows(keys, "new")).isTrue();
    }

    @Test
    void refusesAFileWithoutKeys() throws IOException {
        assertThatThrownBy(() -> new FileKeys(folder.resolve("jwks.json"))).isInstanceOf(IOException.class);
        Path file = Files.writeString(folder.resolve("jwks.json"), "{\"keys\":[]}");
        assertThatThrownBy(() -> new FileKeys(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no public key");
        Files.write(file, new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> new FileKeys(file)).isInstanceOf(IOException.class).hasMessageContaining("1 MiB");
    }
}
