package io.longshore.registry.client.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"mani, manifest", "manifest ge, get", "copy --ref, --referrers", "tags --plain, --plain-http"})
    void completesCommandsAndOptionsInBash(String typed, String completed) throws Exception {
        String[] words = typed.split(" ");
        String script = "source " + script("bash") + "; COMP_WORDS=(longshore " + typed + "); COMP_CWORD="
                + words.length + "; _complete_longshore longshore " + words[words.length - 1] + "; echo \"${COMPREPLY[@]}\"";

        Process bash = new ProcessBuilder("bash", "-c", script)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes()).strip()).isEqualTo(completed);
    }

    @Test
    void isTheSameForZsh() throws IOException {
        assertThat(Files.readString(script("zsh")))
                .isEqualTo(Files.readString(script("bash")))
                .contains("bashcompinit");
    }

    private Path script(String shell) throws IOException {
        return Files.writeString(folder.resolve(shell), ToolRun.of("completion", shell).out());
    }
}
