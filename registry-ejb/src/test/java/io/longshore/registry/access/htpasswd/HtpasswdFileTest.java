package io.longshore.registry.access.htpasswd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtpasswdFileTest {
    private static final String HASH = "$2y$04$PLIbPllT03ybAAsTH4ZNkeuPLWnpel9wEBtIEwsFUwXjuGTlZgSIG";

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private Path path;
    private HtpasswdFile file;

    @BeforeEach
    void nameTheFile() {
        path = folder.resolve("htpasswd");
        file = new HtpasswdFile(path, warnings::add);
    }

    @Test
    void warnsOnceForEachChangeAndNamesTheLine() throws IOException {
        Files.writeString(path, "alice:hunter2\nbob:" + HASH + "\n");
        file.users();
        file.users();

        assertThat(warnings).containsExactly(path + ": line 1 is ignored: expected a hash of bcrypt with a cost from"
                + " 4 to 17, such as htpasswd -B makes");

        Files.writeString(path, "alice:" + HASH + "\nbob:hunter2\n");
        file.users();
        file.users();

        assertThat(warnings).hasSize(2).last().asString().contains(": line 2 ").doesNotContain("hunter2", "bob");
    }

    @Test
    void warnsOfManyLinesInFewWords() throws IOException {
        Files.writeString(path, "alice:hunter2\n".repeat(1000));
        file.users();

        assertThat(warnings).hasSize(21).last().isEqualTo(path + ": 980 more lines like these");
    }

    @Test
    void readsAFileThatLiesStillOnce() throws IOException {
        Files.writeString(path, "alice:" + HASH + "\n");
        Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

        HtpasswdUsers users = file.users();

        assertThat(file.users()).isSameAs(users);
    }

    @Test
    void refusesWhatCannotBeRead() throws IOException {
        Files.createDirectory(path);

        assertThatIOException().isThrownBy(file::users);
    }

    @Test
    void refusesWhatIsTooLargeToBeOne() throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(path.toFile(), "rw")) {
            large.setLength((16 << 20) + 1);
        }

        assertThatIOException().isThrownBy(file::users)
                .withMessage("the htpasswd file " + path + " is larger than 16 MiB");
    }
}
