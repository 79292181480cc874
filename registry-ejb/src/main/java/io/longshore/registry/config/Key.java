package io.longshore.registry.config;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing that can be set.
 *
 * @param name words joined by dots; a word that holds an underscore becomes two in a variable
 * @param standardText what holds where it is not set, as it would be written; empty for nothing
 * @param description for the reference page, and for whoever sets a key that does nothing
 */
record Key<T>(String name, ValueType<T> type, String standardText, Effect effect, String description) {
    static final String VARIABLE_PREFIX = "REGISTRY_";
    static final String PROPERTY_PREFIX = "registry.";

    static String variable(String name) {
        return VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    static String property(String name) {
        return PROPERTY_PREFIX + name;
    }

    Optional<T> standard() {
        return standardText.isEmpty()
                ? Optional.empty()
                : Optional.of(type.parse(standardValue()));
    }

    private Value standardValue() {
        return standardText.startsWith("[")
                ? YamlReader.read(standardText, Source.DEFAULT, new Problems())
                : new Value.Text(standardText, Source.DEFAULT);
    }

    /** Whether setting it to this is as good as not setting it. An empty list is a list. */
    boolean isUnset(Value value) {
        return switch (type.shape()) {
            case PRESENCE -> false;
            case SECTION -> value.isEmpty();
            case TEXT, SECRET, TREE -> value instanceof Value.Nothing || value instanceof Value.Text && value.isEmpty();
        };
    }
}
