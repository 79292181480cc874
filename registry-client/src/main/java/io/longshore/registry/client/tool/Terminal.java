package io.longshore.registry.client.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where standard error of the process goes to. */
final class Terminal {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** Whether a person sees it on a terminal whose lines can be written anew. */
    static boolean isThere() {
        String kind = System.getenv("TERM");
        return kind != null && !kind.equals("dumb") && isTerminal();
    }

    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            // Not Linux: the others are asked for the other streams, which mostly go to the same.
            return System.console() != null;
        }
    }
}
