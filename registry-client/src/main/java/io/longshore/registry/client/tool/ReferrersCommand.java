package io.longshore.registry.client.tool;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "referrers", description = "List what refers to an image: signatures, bills of materials.")
final class ReferrersCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "IMAGE", description = "A name, or oci:FOLDER[:NAME] and the like.")
    private Place place;

    @Option(names = "--artifact-type", paramLabel = "TYPE", description = "Only those of this type.")
    private Optional<String> artifactType;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH[/VARIANT]",
            description = "Of an index, those of the image for this platform.")
    private Optional<Platform> platform;

    ReferrersCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return place.toString();
    }

    @Override
    public Integer call() throws IOException {
        try (Source source = session.places().source(place)) {
            Digest subject =
                    Image.read(source.content(), source.reference(), platform).raw().digest();
            List<Descriptor> found = new ArrayList<>();
            for (Descriptor entry : source.content().referrers(subject)) {
                Descriptor referrer = typed(source, entry);
                if (artifactType.isEmpty() || referrer.artifactType().equals(artifactType)) {
                    found.add(referrer);
                }
            }
            session.console().result(
                    new Fields()
                            .with("name", place)
                            .with("digest", subject)
                            .with("referrers", found.stream().map(Descriptions::fields).toList()),
                    found.stream().map(ReferrersCommand::line).toList());
        }
        return ExitCode.DONE;
    }

    /** The index of a layout does not always say what its manifests are. */
    private static Descriptor typed(Source source, Descriptor entry) throws IOException {
        return entry.artifactType().isPresent()
                ? entry : entry.withArtifactType(source.content().manifest(entry).parse().artifactType());
    }

    private static String line(Descriptor referrer) {
        return referrer.digest() + "  " + referrer.sizeBytes() + "  " + referrer.artifactType().orElse("");
    }
}
