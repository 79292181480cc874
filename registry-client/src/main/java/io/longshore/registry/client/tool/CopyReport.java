package io.longshore.registry.client.tool;

import io.longshore.registry.client.copy.CopyResult;
import java.util.List;

/** What is said of a copy that is made. */
final class CopyReport {
    private CopyReport() {}

    static Fields fields(Object from, Object to, List<String> names, CopyResult result) {
        return new Fields()
                .with("source", from)
                .with("target", to)
                .with("names", names)
                .with("digest", result.root().digest())
                .with("mediaType", result.root().mediaType())
                .with("copied", result.copied())
                .with("mounted", result.mounted())
                .with("present", result.present())
                .with("copiedBytes", result.copiedBytes());
    }

    static List<String> lines(Object to, CopyResult result) {
        return List.of(
                result.root().digest() + " is in " + to + ": " + result.copied() + " sent ("
                        + Sizes.text(result.copiedBytes()) + "), " + result.mounted() + " mounted, " + result.present()
                        + " were there");
    }
}
