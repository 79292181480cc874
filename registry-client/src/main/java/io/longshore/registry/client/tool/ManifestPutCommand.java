package io.longshore.registry.client.tool;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.client.Manifests;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "put", description = "Store a manifest as it is; what it refers to must be there.")
final class ManifestPutCommand implements Action {
    private final Session session;

    @Parameters(
            index = "0",
            paramLabel = "IMAGE",
            description = "Where to, as NAME:TAG, as NAME@DIGEST, or as NAME for its digest.")
    private ImageName image;

    @Parameters(index = "1", paramLabel = "FILE", description = "The manifest; - for standard input.")
    private InputFile file;

    @Option(
            names = "--media-type",
            paramLabel = "TYPE",
            description = "What it is, if it does not say so by itself.")
    private Optional<String> mediaType;

    @Option(names = "--tag", paramLabel = "TAG", description = "Another tag for it; may be repeated.")
    private List<Tag> tags = List.of();

    ManifestPutCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return image.toString();
    }

    @Override
    public Integer call() throws IOException {
        byte[] bytes = file.read(session.in());
        String type = Manifest.parse(bytes, mediaType.orElse(null)).mediaType();
        Digest digest = Digest.of(image.digest().map(Digest::algorithm).orElse(DigestAlgorithm.SHA256), bytes);
        if (image.digest().isPresent() && !image.digest().get().equals(digest)) {
            throw new UsageException("the manifest is " + digest + " in place of " + image.digest().get());
        }
        Manifests manifests = session.repository(image).manifests();
        if (image.tag().isEmpty() && tags.isEmpty() || image.digest().isPresent()) {
            manifests.put(digest, type, bytes);
        }
        if (image.tag().isPresent()) {
            manifests.put(image.tag().get(), type, bytes);
        }
        for (Tag tag : tags) {
            manifests.put(tag, type, bytes);
        }
        Descriptor stored = Descriptor.of(type, digest, bytes.length);
        session.console().result(Descriptions.fields(image, stored), Descriptions.lines(stored));
        return ExitCode.DONE;
    }
}
