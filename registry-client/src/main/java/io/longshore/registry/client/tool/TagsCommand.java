package io.longshore.registry.client.tool;

import io.longshore.registry.client.ImageName;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "tags", description = "List the tags of a repository.")
final class TagsCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "REPOSITORY", description = "The repository, such as registry.example/team/app.")
    private ImageName repository;

    TagsCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return repository.toString();
    }

    @Override
    public Integer call() throws IOException {
        Names.requireRepository(repository);
        session.console().list(
                new Fields().with("repository", repository), "tags", session.repository(repository).tags());
        return ExitCode.DONE;
    }
}
