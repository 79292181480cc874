package io.longshore.registry.launcher.tls;

/** What came of a look at the files. */
sealed interface Change {
    /** Nothing that is worth a word. */
    Change NONE = new None();

    /** As before. */
    record None() implements Change {}

    /** Another certificate is used from now on, or other authorities. */
    record Replaced(String by) implements Change {}

    /** The files cannot be used, so that what they had before is used still. */
    record Refused(String reason) implements Change {}
}
