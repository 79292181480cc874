package io.longshore.registry.config;

/** What this version makes of a key. */
enum Effect {
    /** It does what its description says. */
    FULL,

    /** It is accepted for the sake of existing files, changes nothing, and is warned about. */
    NONE,

    /** Whoever sets it relies on what this version does not do: a problem, unless set to what is so anyway. */
    REFUSED
}
