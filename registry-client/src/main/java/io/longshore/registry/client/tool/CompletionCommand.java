package io.longshore.registry.client.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = {
            "Print what makes a shell complete the commands and options.",
            "bash: source <(longshore completion bash)",
            "zsh:  source <(longshore completion zsh)"
        })
final class CompletionCommand implements Action {
    /** The shells that are known; they understand the same text. */
    enum Shell {
        bash,
        zsh
    }

    private final Session session;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return shell.name();
    }

    @Override
    public Integer call() throws IOException {
        String script = AutoComplete.bash("longshore", spec.root().commandLine());
        session.console().bytes().write(script.getBytes(StandardCharsets.UTF_8));
        return ExitCode.DONE;
    }
}
