package io.longshore.registry.client.tool;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "head", description = "Say how long a blob is.")
final class BlobHeadCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "BLOB", description = "The blob, as NAME@DIGEST.")
    private ImageName blob;

    BlobHeadCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return blob.toString();
    }

    @Override
    public Integer call() throws IOException {
        Digest digest = Names.requireDigest(blob);
        long sizeBytes = session.repository(blob).blobs().head(digest).orElseThrow(
                () -> new RegistryException.NotFound(ErrorCode.BLOB_UNKNOWN, "there is no such blob", ""));
        session.console().result(
                new Fields().with("name", blob).with("digest", digest).with("sizeBytes", sizeBytes),
                List.of(digest + "  " + sizeBytes));
        return ExitCode.DONE;
    }
}
