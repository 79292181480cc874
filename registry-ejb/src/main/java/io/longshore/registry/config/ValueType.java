package io.longshore.registry.config;

import java.util.function.Function;

/**
 * What a key may hold.
 *
 * @param form names it in the reference page
 * @param parser throws {@link IllegalArgumentException}, whose message says what was expected without the value
 */
record ValueType<T>(String form, Shape shape, Function<Value, T> parser) {
    enum Shape {
        /** A text that may be shown when it is wrong. */
        TEXT,

        /** A text that is never shown. */
        SECRET,

        /** A list or map. */
        TREE,

        /** Anything, and nobody looks inside. Empty is as good as absent. */
        SECTION,

        /** As a section, but being named is enough. */
        PRESENCE
    }

    static <T> ValueType<T> text(String form, Function<String, T> parser) {
        return new ValueType<>(form, Shape.TEXT, value -> parser.apply(textOf(value)));
    }

    static <T> ValueType<T> secret(String form, Function<String, T> parser) {
        return new ValueType<>(form, Shape.SECRET, value -> parser.apply(textOf(value)));
    }

    static <T> ValueType<T> tree(String form, Function<Value, T> parser) {
        return new ValueType<>(form, Shape.TREE, parser);
    }

    private static String textOf(Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        throw new IllegalArgumentException("expected a single value, not a list or more keys");
    }

    /**
     * @throws IllegalArgumentException as the parser
     */
    T parse(Value value) {
        return parser.apply(value);
    }

    /** Whether a value can be put together from several settings. */
    boolean hasParts() {
        return shape != Shape.TEXT && shape != Shape.SECRET;
    }
}
