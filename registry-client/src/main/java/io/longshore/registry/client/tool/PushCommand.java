package io.longshore.registry.client.tool;

import io.longshore.registry.client.copy.CopyResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "push",
        description = {
            "Push files as an artifact, or the image of a folder or an archive.",
            "Files are called by their paths when they are pulled. The same files make the same artifact."
        })
final class PushCommand implements Action {
    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "Where to, such as registry.example/team/app:1.")
    private Place to;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "FILE[:TYPE] of an artifact; or one oci:FOLDER[:NAME], oci-archive:FILE[:NAME],"
                    + " docker-archive:FILE[:NAME].")
    private List<String> sources;

    @Mixin
    private final ArtifactOptions artifact = new ArtifactOptions();

    @Mixin
    private final CopyOptions options = new CopyOptions();

    PushCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return to.toString();
    }

    @Override
    public Integer call() throws IOException {
        if (sources.stream().anyMatch(Place::isLocal)) {
            pushImage();
        } else {
            ArtifactFiles files =
                    ArtifactFiles.of(sources.stream().map(LayerFile::parse).toList(), artifact, Optional.empty());
            pushFiles(files);
        }
        return ExitCode.DONE;
    }

    private void pushFiles(ArtifactFiles files) throws IOException {
        try (Target target = session.places().target(to)) {
            options.run(session, files, target, TargetNames.said(to).stream().toList());
        }
        session.console().result(ArtifactReport.fields(to, files), ArtifactReport.lines(to, files));
    }

    private void pushImage() throws IOException {
        if (sources.size() > 1) {
            throw new UsageException("one image at a time: " + String.join(" ", sources));
        }
        Place from = Place.parse(sources.get(0));
        try (Source source = session.places().source(from); Target target = session.places().target(to)) {
            List<String> names = TargetNames.of(source, to, List.of());
            CopyResult result = options.run(session, source, target, names, List.of(), false);
            session.console().result(CopyReport.fields(from, to, names, result), CopyReport.lines(to, result));
        }
    }
}
