package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class InstalledClientTest {
    @TempDir
    private Path folder;

    private InstalledClient shell;

    @BeforeEach
    void findTheShell() {
        shell = InstalledClient.find("sh", "dash", folder, Map.of("GREETING", "hello"));
    }

    @Test
    void runsInItsFolderWithNothingButItsOwnEnvironment() {
        String out = shell.run("-c", "pwd; echo $GREETING; echo ${USER-nobody}; cat").out();

        assertThat(out.lines()).containsExactly(folder.toString(), "hello", "nobody");
    }

    @Test
    void failsWithAllOutputWhenTheCommandFails() {
        assertThatThrownBy(() -> shell.run("-c", "echo said; echo complained >&2; exit 3"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("exit status 3", "said", "complained");
    }

    @Test
    @Timeout(30)
    void killsACommandThatTakesTooLongAndItsChildren() throws IOException {
        InstalledClient impatient = shell.within(Duration.ofMillis(500));

        assertThatThrownBy(() -> impatient.run("-c", "sleep 600 & echo $! > child; echo began; wait"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("took more than", "began");

        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        while (runs(child)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void namesThePackageOfAProgramThatIsNotInstalled() {
        boolean required = Boolean.getBoolean("clients.required");

        assertThatThrownBy(() -> InstalledClient.find("no-such-program", "no-such-package", folder, Map.of()))
                .isInstanceOf(required ? AssertionError.class : TestAbortedException.class)
                .hasMessageContaining("no-such-program is not installed: apt-get install no-such-package");
    }

    // Where nobody collects it, a killed process still counts as alive, but has no command.
    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
    }
}
