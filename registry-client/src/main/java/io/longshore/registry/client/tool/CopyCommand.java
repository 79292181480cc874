package io.longshore.registry.client.tool;

import io.longshore.registry.client.copy.CopyResult;
import io.longshore.registry.model.Platform;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "copy",
        description = {
            "Copy an image, an index with its images, or an artifact.",
            "Everything keeps its digest. What is in the target is not sent again, so that a copy that was",
            "broken off goes on where it ended. A target without a tag gets that of the source."
        })
final class CopyCommand implements Action {
    private final Session session;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "A name, or oci:FOLDER[:NAME] and the like.")
    private Place from;

    @Parameters(index = "1", paramLabel = "TARGET", description = "The same.")
    private Place to;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH[/VARIANT]",
            description = "Of an index, the image for this platform alone; may be repeated.")
    private List<Platform> platforms = List.of();

    @Option(
            names = "--referrers",
            description = "Copy what refers to it, too: signatures, bills of materials, and what refers to these.")
    private boolean referrers;

    @Option(names = "--tag", paramLabel = "TAG", description = "Another tag in the target; may be repeated.")
    private List<Tag> tags = List.of();

    @Mixin
    private final CopyOptions options = new CopyOptions();

    CopyCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return from + " to " + to;
    }

    @Override
    public Integer call() throws IOException {
        try (Source source = session.places().source(from); Target target = session.places().target(to)) {
            List<String> names = TargetNames.of(source, to, tags);
            CopyResult result = options.run(session, source, target, names, platforms, referrers);
            session.console().result(CopyReport.fields(from, to, names, result), CopyReport.lines(to, result));
        }
        return ExitCode.DONE;
    }

}
