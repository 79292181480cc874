package io.longshore.registry.client.tool;

import io.longshore.registry.client.Blobs;
import io.longshore.registry.client.ImageName;
import io.longshore.registry.client.StoredBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "put", description = "Store a blob, of any length.")
final class BlobPutCommand implements Action {
    private final Session session;

    @Parameters(
            index = "0",
            paramLabel = "REPOSITORY",
            description = "Where to; with @DIGEST, other content is refused.")
    private ImageName repository;

    @Parameters(index = "1", paramLabel = "FILE", description = "The content; - for standard input.")
    private InputFile file;

    BlobPutCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return repository.toString();
    }

    @Override
    public Integer call() throws IOException {
        if (repository.tag().isPresent()) {
            throw new UsageException("blobs have no tags: name a repository in place of " + repository);
        }
        Blobs blobs = session.repository(repository).blobs();
        StoredBlob stored;
        try (Progress progress = session.progress(); InputStream content = open(progress)) {
            stored = repository.digest().isPresent()
                    ? blobs.push(content, repository.digest().get())
                    : blobs.push(content);
        }
        session.console().result(
                new Fields().with("name", repository.with(stored.digest())).with("digest", stored.digest())
                        .with("sizeBytes", stored.sizeBytes()),
                List.of(stored.digest() + "  " + stored.sizeBytes()));
        return ExitCode.DONE;
    }

    private InputStream open(Progress progress) throws IOException {
        InputStream content = file.open(session.in());
        return file.path().isPresent()
                ? progress.watched(content, file.toString(), Files.size(file.path().get()))
                : content;
    }
}
