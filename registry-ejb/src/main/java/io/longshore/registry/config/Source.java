package io.longshore.registry.config;

/**
 * Where a value was set.
 *
 * @param text the name of the variable or property, or the file and the line
 */
record Source(Place place, String text) {
    static final Source DEFAULT = new Source(Place.DEFAULT, "default");

    enum Place {
        DEFAULT,
        FILE,
        VARIABLE,
        PROPERTY
    }

    static Source file(String file) {
        return new Source(Place.FILE, file);
    }

    static Source variable(String name) {
        return new Source(Place.VARIABLE, name);
    }

    static Source property(String name) {
        return new Source(Place.PROPERTY, "system property " + name);
    }

    /** A line of this file; elsewhere there are none. */
    Source line(int line) {
        return place == Place.FILE ? new Source(place, text + " line " + line) : this;
    }

    /** How a key is written in such a place. */
    String spell(String key) {
        return switch (place) {
            case VARIABLE -> Key.variable(key);
            case PROPERTY -> Key.property(key);
            case FILE, DEFAULT -> key;
        };
    }
}
