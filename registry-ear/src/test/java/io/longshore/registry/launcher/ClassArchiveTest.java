package io.longshore.registry.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

    private static final String PROPERTY = "longshore.classes";

    @TempDir
    private Path folder;

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void isWantedWhereTheScriptSays() {
        Path file = folder.resolve("classes-17.jsa");
        System.setProperty(PROPERTY, file.toString());

        assertThat(ClassArchive.wanted()).contains(new ClassArchive(file));
    }

    @Test
    void isNotWantedWhereItCouldNotBeWritten() {
        System.setProperty(PROPERTY, folder.resolve("missing/classes-17.jsa").toString());
        assertThat(ClassArchive.wanted()).isEmpty();

        System.setProperty(PROPERTY, "no-such-folder/classes-17.jsa");
        assertThat(ClassArchive.wanted()).isEmpty();
    }

    @Test
    void isNotWantedWhereTheScriptSaysNothing() {
        assertThat(ClassArchive.wanted()).isEmpty();

        System.setProperty(PROPERTY, "");
        assertThat(ClassArchive.wanted()).isEmpty();
    }
}
