package io.longshore.registry.client.tool;

/** What scripts learn of the end of a command. */
final class ExitCode {
    static final int DONE = 0;
    /** The answer to what was asked is no: the images are not the same. */
    static final int DIFFERENT = 1;
    /** The command was not understood; nothing was done. */
    static final int USAGE = 2;
    static final int NOT_FOUND = 3;
    /** The registry wants other credentials than it was shown, or any, or gives these no right. */
    static final int NOT_ALLOWED = 4;
    /** A registry cannot be reached, or cannot answer now: the same may succeed later. */
    static final int NETWORK = 5;
    /** Anything else: it is refused, or broken, or a file cannot be read or written. */
    static final int FAILED = 6;
    /** Ctrl-C, as a shell says it: 128 and the number of the signal. */
    static final int CANCELLED = 130;

    private ExitCode() {}
}
