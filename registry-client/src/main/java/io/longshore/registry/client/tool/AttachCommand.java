package io.longshore.registry.client.tool;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Platform;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "attach",
        description = {
            "Push files as an artifact that refers to an image: a signature, a bill of materials.",
            "It has no tag; 'longshore referrers' finds it."
        })
final class AttachCommand implements Action {
    private final Session session;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "What the files are about.")
    private Place about;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE[:TYPE]", description = "The files.")
    private List<LayerFile> files;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH[/VARIANT]",
            description = "They are about the image of an index for this platform.")
    private Optional<Platform> platform;

    @Mixin
    private final ArtifactOptions artifact = new ArtifactOptions();

    @Mixin
    private final CopyOptions options = new CopyOptions();

    AttachCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return about.toString();
    }

    @Override
    public Integer call() throws IOException {
        if (artifact.artifactType().isEmpty()) {
            throw new UsageException("say what the files are with --artifact-type, application/spdx+json for example");
        }
        try (Source source = session.places().source(about); Target target = session.places().beside(source)) {
            Descriptor subject =
                    Image.read(source.content(), source.reference(), platform).raw().descriptor();
            ArtifactFiles attached = ArtifactFiles.of(files, artifact, Optional.of(subject));
            options.run(session, attached, target, List.of());
            session.console().result(
                    ArtifactReport.fields(about, attached), ArtifactReport.lines(about, attached));
        }
        return ExitCode.DONE;
    }
}
