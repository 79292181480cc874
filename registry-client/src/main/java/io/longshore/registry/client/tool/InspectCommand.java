package io.longshore.registry.client.tool;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Platform;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "inspect", description = "Say what an image, an index or an artifact is.")
final class InspectCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "IMAGE", description = "A name, or oci:FOLDER[:NAME] and the like.")
    private Place place;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH[/VARIANT]",
            description = "Of an index, the image for this platform.")
    private Optional<Platform> platform;

    @Option(names = "--config", description = "Print the config as it is.")
    private boolean config;

    InspectCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return place.toString();
    }

    @Override
    public Integer call() throws IOException {
        try (Source source = session.places().source(place)) {
            Image image = Image.read(source.content(), source.reference(), platform);
            if (config) {
                Descriptor blob = image.manifest().config().orElseThrow(() -> new UsageException(
                        place + " has no config" + (image.isIndex() ? "; choose an image of it with --platform" : "")));
                session.console().bytes().write(Image.bytes(source.content(), blob));
            } else {
                session.console().result(ImageReport.fields(place, image), ImageReport.lines(place, image));
            }
        }
        return ExitCode.DONE;
    }
}
