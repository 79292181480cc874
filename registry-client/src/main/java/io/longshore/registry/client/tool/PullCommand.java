package io.longshore.registry.client.tool;

import io.longshore.registry.client.copy.CopyResult;
import io.longshore.registry.model.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pull",
        description = {
            "Pull the files of an artifact, or an image into a folder or an archive.",
            "Files of the same names are replaced. No file is ever written outside of the folder."
        })
final class PullCommand implements Action {
    private final Session session;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "What, such as registry.example/team/app:1.")
    private Place from;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TARGET",
            description = "The folder for the files of an artifact, this one if not said; or for anything"
                    + " oci:FOLDER[:NAME], oci-archive:FILE[:NAME], docker-archive:FILE[:NAME].")
    private Optional<String> to;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH[/VARIANT]",
            description = "Of an index, what is for this platform.")
    private Optional<Platform> platform;

    @Mixin
    private final CopyOptions options = new CopyOptions();

    PullCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return from.toString();
    }

    @Override
    public Integer call() throws IOException {
        if (to.filter(Place::isLocal).isPresent()) {
            pullImage(Place.parse(to.get()));
        } else {
            pullFiles(Path.of(to.orElse("")));
        }
        return ExitCode.DONE;
    }

    private void pullImage(Place place) throws IOException {
        try (Source source = session.places().source(from); Target target = session.places().target(place)) {
            List<String> names = TargetNames.of(source, place, List.of());
            CopyResult result =
                    options.run(session, source, target, names, platform.map(List::of).orElse(List.of()), false);
            session.console().result(CopyReport.fields(from, place, names, result), CopyReport.lines(place, result));
        }
    }

    private void pullFiles(Path folder) throws IOException {
        try (Source source = session.places().source(from)) {
            pullFiles(source, folder);
        }
    }

    private void pullFiles(Source source, Path folder) throws IOException {
        Image image = Image.read(source.content(), source.reference(), platform);
        if (image.isIndex()) {
            throw new UsageException(from + " is an index: choose what is for one platform with --platform, or pull all"
                    + " of it into oci:FOLDER");
        }
        FileFolder files = FileFolder.of(folder, image.manifest().layers());
        if (files.isEmpty()) {
            throw new UsageException(from + " has no files with names; pull it into oci:FOLDER, for example");
        }
        Source one = new Source(from, source.content(), image.raw().digest().toString(), Optional.empty());
        options.run(session, one, new Target(from, files), List.of(), List.of(), false);
        session.console().result(
                ArtifactReport.fields(from, image.raw(), files.report())
                        .with("unnamed", image.manifest().layers().size() - files.names().size()),
                files.names());
    }
}
