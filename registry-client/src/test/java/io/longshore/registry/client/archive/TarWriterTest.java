package io.longshore.registry.client.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarWriterTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("test.tar");
    }

    @Test
    void writesWhatOthersRead() throws IOException {
        byte[] odd = SampleImage.random(1025);
        try (TarWriter tar = TarWriter.create(file())) {
            tar.add("empty", new byte[0]);
            TarWriter.Growing growing = tar.begin("?");
            growing.write(odd, 0, 1000);
            growing.write(odd, 1000, 25);
            growing.end("odd");
            tar.add("full", new byte[512]);
            tar.finish();
        }

        Map<String, byte[]> read = TestTar.read(file());
        assertThat(read.keySet()).containsExactly("empty", "odd", "full");
        assertThat(read).contains(entry("empty", new byte[0]), entry("odd", odd), entry("full", new byte[512]));
        assertThat(Files.size(file())).isEqualTo(512 * (1 + 1 + 3 + 1 + 1 + 2));
    }

    /** The length of the record counts its own digits. */
    @ParameterizedTest
    @ValueSource(ints = {99, 100, 101, 141, 983, 984, 985, 986, 987, 988, 989, 990, 991})
    void writesNamesOfAnyLength(int length) throws IOException {
        String name = "n".repeat(length);
        try (TarWriter tar = TarWriter.create(file())) {
            tar.add(name, new byte[] {1});
            tar.add("next", new byte[] {2});
            tar.finish();
        }

        assertThat(TestTar.read(file())).containsOnlyKeys(name, "next");
        assertThat(TarFile.open(file()).find(name)).isPresent();
    }

    @Test
    void takesAnEntryOutAgain() throws IOException {
        try (TarWriter tar = TarWriter.create(file())) {
            tar.add("before", new byte[] {1});
            TarWriter.Growing growing = tar.begin("n".repeat(200));
            growing.write(new byte[10_000]);
            growing.cancel();
            tar.add("after", new byte[] {2});
            tar.finish();
        }

        assertThat(TestTar.read(file())).containsOnlyKeys("before", "after");
    }

    @Test
    void leavesWhatWasThereUntilItIsFinished() throws IOException {
        Files.writeString(file(), "old");
        try (TarWriter tar = TarWriter.create(file())) {
            tar.add("a", new byte[1000]);
        }

        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        assertThat(file()).hasContent("old");
    }
}
