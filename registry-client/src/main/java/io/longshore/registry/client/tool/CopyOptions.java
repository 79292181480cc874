package io.longshore.registry.client.tool;

import io.longshore.registry.client.copy.ContentSource;
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

    /** Copies from a place to another, and shows how it goes. */
    CopyResult run(
            Session session, Source from, Target to, List<String> names, List<Platform> platforms,
            boolean withReferrers)
            throws IOException {
        return run(session, from.content(), from.reference(), to, names, platforms, withReferrers);
    }

    /** Copies what is in no place, and shows how it goes. */
    CopyResult run(Session session, ArtifactFiles from, Target to, List<String> names) throws IOException {
        return run(session, from, "", to, names, List.of(), false);
    }

    private CopyResult run(
            Session session, ContentSource from, String reference, Target to, List<String> names,
            List<Platform> platforms, boolean withReferrers)
            throws IOException {
        if (parallel < 1 || parallel > MOST) {
            throw new UsageException("--parallel is 1 to " + MOST);
        }
        try (Progress progress = session.progress()) {
            CopyResult result = Copy.between(from, to.content())
                    .parallel(parallel)
                    .platforms(platforms)
                    .referrers(withReferrers)
                    .listener(progress)
                    .build()
                    .run(reference, names);
            to.finish();
            return result;
        }
    }
}
