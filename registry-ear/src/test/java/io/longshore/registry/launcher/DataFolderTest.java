package io.longshore.registry.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path folder;

    @Test
    void isMadeWhereThereIsNone() throws IOException {
        Path path = folder.resolve("a/b");
        try (DataFolder data = DataFolder.open(path)) {
            assertThat(data.path()).isEqualTo(path).isDirectory();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isForItsOwnerAloneIfItIsMade() throws IOException {
        Path path = folder.resolve("a");
        DataFolder.open(path).close();

        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void staysAsOpenAsItWas() throws IOException {
        Set<PosixFilePermission> open = PosixFilePermissions.fromString("rwxr-x---");
        Path path = Files.createDirectory(folder.resolve("a"));
        Files.setPosixFilePermissions(path, open);
        DataFolder.open(path).close();

        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(open);
    }

    @Test
    void isRefusedToASecondInstanceUntilTheFirstGivesItBack() throws IOException {
        DataFolder first = DataFolder.open(folder);
        assertThatThrownBy(() -> DataFolder.open(folder)).isInstanceOf(StartException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("in use by another instance")
                .hasMessageContaining("REGISTRY_DATA");

        first.close();

        DataFolder.open(folder).close();
    }

    @Test
    void cannotBeAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DataFolder.open(file)).isInstanceOf(StartException.class)
                .hasMessageContaining(file.toString());
    }
}
