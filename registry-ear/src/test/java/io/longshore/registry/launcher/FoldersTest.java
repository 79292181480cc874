package io.longshore.registry.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

    @TempDir
    private Path folder;

    @Test
    void areDeletedWithAllThatIsInThem() throws IOException {
        Path whole = folder.resolve("whole");
        Files.createDirectories(whole.resolve("a/b/empty"));
        Files.createFile(whole.resolve("a/b/file"));

        Folders.delete(whole);
        assertThat(whole).doesNotExist();

        Folders.delete(whole);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void areDeletedWithoutWhatLinksInThemLeadTo() throws IOException {
        Path kept = Files.createFile(Files.createDirectory(folder.resolve("other")).resolve("kept"));
        Path whole = Files.createDirectory(folder.resolve("whole"));
        Files.createSymbolicLink(whole.resolve("link"), kept.getParent());
        Files.createSymbolicLink(whole.resolve("dangling"), folder.resolve("nowhere"));

        Folders.delete(whole);

        assertThat(whole).doesNotExist();
        assertThat(kept).exists();
    }
}
