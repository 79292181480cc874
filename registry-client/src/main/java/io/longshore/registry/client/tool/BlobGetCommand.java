package io.longshore.registry.client.tool;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "get",
        description = {
            "Print a blob, or write it to a file.",
            "What was printed is not to be relied on if the command fails; a file is whole or not there."
        })
final class BlobGetCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "BLOB", description = "The blob, as NAME@DIGEST.")
    private ImageName blob;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write it to this file.")
    private Optional<Path> output;

    BlobGetCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return blob.toString();
    }

    @Override
    public Integer call() throws IOException {
        Digest digest = Names.requireDigest(blob);
        if (output.isEmpty() && session.console().isJson()) {
            throw new UsageException("a blob is no JSON: say where it is to go with --output");
        }
        try (InputStream content = session.repository(blob).blobs().pull(digest)) {
            if (output.isEmpty()) {
                copy(content, session.console().bytes());
                return ExitCode.DONE;
            }
            long sizeBytes;
            try (WholeFile file = WholeFile.create(output.get())) {
                sizeBytes = content.transferTo(file.out());
                file.commit();
            }
            session.console().result(
                    new Fields().with("name", blob).with("digest", digest).with("sizeBytes", sizeBytes)
                            .with("file", output.get()),
                    List.of(digest + "  " + sizeBytes + "  " + output.get()));
        }
        return ExitCode.DONE;
    }

    private static void copy(InputStream content, OutputStream out) throws IOException {
        content.transferTo(out);
        out.flush();
    }
}
