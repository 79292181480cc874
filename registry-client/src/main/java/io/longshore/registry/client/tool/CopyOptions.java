package io.longshore.registry.client.tool;

import io.longshore.registry.client.copy.ContentSource;
import io.longshore.registry.client.copy.ContentTarget;
import io.longshore.registry.client.copy.Copy;
import io.longshore.registry.client.copy.CopyResult;
import io.longshore.registry.model.Platform;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Option;

/** How much is done at once when something is copied. */
final class CopyOptions {
    private static final int MOST = 64;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many blobs are on their way at once, 1 to 64 (${DEFAULT-VALUE}).")
    private int parallel;

    /** Begins to say what is copied; how it goes is shown. */
    CopyResult run(
            Session session, ContentSource from, String reference, ContentTarget to, List<String> names,
            List<Platform> platforms, boolean withReferrers)
            throws IOException {
        if (parallel < 1 || parallel > MOST) {
            throw new UsageException("--parallel is 1 to " + MOST);
        }
        try (Progress progress = session.progress()) {
            return Copy.between(from, to)
                    .parallel(parallel)
                    .platforms(platforms)
                    .referrers(withReferrers)
                    .listener(progress)
                    .build()
                    .run(reference, names);
        }
    }
}
