package io.longshore.registry.client.tool;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.model.RawManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Print a manifest as it is.")
final class ManifestGetCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "IMAGE", description = "The manifest, as NAME:TAG or NAME@DIGEST.")
    private ImageName image;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write it to this file.")
    private Optional<Path> output;

    ManifestGetCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return image.toString();
    }

    @Override
    public Integer call() throws IOException {
        RawManifest manifest = session.repository(image).manifests().get(image.reference());
        if (output.isPresent()) {
            Files.write(output.get(), manifest.bytes());
            session.console().result(
                    Descriptions.fields(image, manifest.descriptor()), Descriptions.lines(manifest.descriptor()));
        } else if (session.console().isJson()) {
            session.console().result(
                    Descriptions.fields(image, manifest.descriptor()).with("manifest", Json.read(manifest.bytes())),
                    Descriptions.lines(manifest.descriptor()));
        } else {
            session.console().bytes().write(manifest.bytes());
        }
        return ExitCode.DONE;
    }
}
