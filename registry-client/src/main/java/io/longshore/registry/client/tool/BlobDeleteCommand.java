package io.longshore.registry.client.tool;

import io.longshore.registry.client.ImageName;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Take a blob out of a repository.")
final class BlobDeleteCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "BLOB", description = "The blob, as NAME@DIGEST.")
    private ImageName blob;

    BlobDeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return blob.toString();
    }

    @Override
    public Integer call() throws IOException {
        session.repository(blob).blobs().delete(Names.requireDigest(blob));
        session.console().result(new Fields().with("deleted", List.of(blob)), List.of("deleted " + blob));
        return ExitCode.DONE;
    }
}
