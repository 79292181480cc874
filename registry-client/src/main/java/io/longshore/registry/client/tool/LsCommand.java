package io.longshore.registry.client.tool;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "ls", description = "List the repositories of a registry.")
final class LsCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "HOST", description = "The registry, such as registry.example:5000.")
    private String host;

    LsCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return host;
    }

    @Override
    public Integer call() throws IOException {
        session.console().list(
                new Fields().with("registry", host), "repositories", session.client(host).catalog());
        return ExitCode.DONE;
    }
}
