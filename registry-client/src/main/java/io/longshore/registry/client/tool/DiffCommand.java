package io.longshore.registry.client.tool;

import io.longshore.registry.model.Platform;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description = {
            "Say how one image differs from another: settings, environment, labels, annotations, layers, platforms.",
            "No layer is read. Ends with exit code 1 if they are not the same, byte for byte."
        })
final class DiffCommand implements Action {
    private final Session session;

    @Parameters(index = "0", paramLabel = "FROM", description = "A name, or oci:FOLDER[:NAME] and the like.")
    private Place from;

    @Parameters(index = "1", paramLabel = "TO", description = "The same.")
    private Place to;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH[/VARIANT]",
            description = "Of an index, the image for this platform.")
    private Optional<Platform> platform;

    DiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return from + " and " + to;
    }

    @Override
    public Integer call() throws IOException {
        Image before = read(from);
        Image after = read(to);
        if (before.isIndex() != after.isIndex()) {
            throw new UsageException((before.isIndex() ? from : to) + " is an index, and "
                    + (before.isIndex() ? to : from) + " is none: choose an image of it with --platform");
        }
        ImageDiff diff = ImageDiff.of(before, after);
        session.console().result(
                DiffReport.fields(from, before, to, after, diff), DiffReport.lines(from, before, to, after, diff));
        return diff.isSame() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    private Image read(Place place) throws IOException {
        try (Source source = session.places().source(place)) {
            return Image.read(source.content(), source.reference(), platform);
        }
    }
}
