package io.longshore.registry.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The fields of an item of a list. What is wrong with them is an {@link IllegalArgumentException}. */
final class Fields {
    private final String about;
    private final Map<String, Value> fields;

    /** {@code about} is what the messages begin with. */
    Fields(String about, Map<String, Value> fields, Set<String> known) {
        this.about = about;
        this.fields = fields;
        Set<String> unknown = new TreeSet<>(fields.keySet());
        unknown.removeAll(known);
        unknown.stream().findFirst().ifPresent(name -> fail("no key " + Problems.quoted(name)
                + "; the nearest known one is " + Nearest.to(name, known)));
    }

    private void fail(String expected) {
        throw new IllegalArgumentException(about + "expected " + expected);
    }

    <T> Optional<T> find(String name, ValueType<T> type) {
        Value value = fields.get(name);
        // An empty text is something here: a prefix may be one.
        if (value == null || value instanceof Value.Nothing) {
            return Optional.empty();
        }
        try {
            return Optional.of(type.parse(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(about + name + ": " + e.getMessage(), e);
        }
    }

    <T> T require(String name, ValueType<T> type) {
        Optional<T> value = find(name, type);
        if (value.isEmpty()) {
            fail(name + " to be set");
        }
        return value.orElseThrow();
    }

    List<String> texts(String name) {
        return find(name, ValueType.tree("list", value -> Types.texts(value, "expected a text or a list of texts")))
                .orElse(List.of());
    }

    /** Fails unless this holds. */
    void require(boolean condition, String expected) {
        if (!condition) {
            fail(expected);
        }
    }
}
