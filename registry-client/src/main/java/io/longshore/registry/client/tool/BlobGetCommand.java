package io.longshore.registry.client.tool;

import io.longshore.registry.client.Blobs;
import io.longshore.registry.client.ImageName;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    /** As much as makes a digest known again. */
    private static final int SHOWN = 19;

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
        Blobs blobs = session.repository(blob).blobs();
        if (output.isEmpty()) {
            try (InputStream content = blobs.pull(digest)) {
                copy(content, session.console().bytes());
            }
        } else {
            write(blobs, digest, output.get());
        }
        return ExitCode.DONE;
    }

    private void write(Blobs blobs, Digest digest, Path path) throws IOException {
        long sizeBytes;
        try (Progress progress = session.progress();
                InputStream content = open(blobs, digest, progress);
                WholeFile file = WholeFile.create(path)) {
            sizeBytes = content.transferTo(file.out());
            file.commit();
        }
        session.console().result(
                new Fields().with("name", blob).with("digest", digest).with("sizeBytes", sizeBytes).with("file", path),
                List.of(digest + "  " + sizeBytes + "  " + path));
    }

    private static InputStream open(Blobs blobs, Digest digest, Progress progress) throws IOException {
        OptionalLong size = progress.hasBars() ? blobs.head(digest) : OptionalLong.empty();
        InputStream content = blobs.pull(digest);
        return size.isPresent() ? progress.watched(content, digest.toString().substring(0, SHOWN), size.getAsLong())
                : content;
    }

    private static void copy(InputStream content, OutputStream out) throws IOException {
        content.transferTo(out);
        out.flush();
    }
}
