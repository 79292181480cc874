package io.longshore.registry.config;

import java.util.Optional;
import java.util.Set;

/** Reads the keys of a map in a list. All that is wrong with them is collected, each with its path and its place. */
final class ItemReader {
    private final String path;
    private final Value.Entries item;
    private final Problems problems;

    /**
     * @param path of the map, such as {@code notifications.endpoints.0}
     * @param known every key there is
     */
    ItemReader(String path, Value.Entries item, Set<String> known, Problems problems) {
        this.path = path;
        this.item = item;
        this.problems = problems;
        item.entries().forEach((name, value) -> {
            if (!known.contains(name)) {
                report(name, "unknown key; the nearest known one is "
                        + value.source().spell(path + "." + Nearest.to(name, known)));
            }
        });
    }

    /** Empty if it is not set, or wrong. */
    <T> Optional<T> find(String name, ValueType<T> type) {
        Optional<Value> value = value(name);
        try {
            return value.map(type::parse);
        } catch (IllegalArgumentException e) {
            report(name, e.getMessage() + Settings.shown(type, value.orElseThrow()));
            return Optional.empty();
        }
    }

    /** As {@link #find}, of what must be set. */
    <T> Optional<T> require(String name, ValueType<T> type) {
        if (value(name).isEmpty()) {
            problems.add(path, item.source(), "expected " + name + " to be set");
        }
        return find(name, type);
    }

    /** The keys beneath a key. */
    Optional<ItemReader> section(String name, Set<String> known) {
        return find(name, ValueType.tree("section", value -> {
            Types.require(value instanceof Value.Entries, "expected keys beneath it");
            return (Value.Entries) value;
        })).map(entries -> new ItemReader(path + "." + name, entries, known, problems));
    }

    /** Something is wrong with a key. */
    void report(String name, String line) {
        problems.add(path + "." + name, value(name).map(Value::source).orElse(item.source()), line);
    }

    /** Empty is as good as not set; an empty list is a list. */
    private Optional<Value> value(String name) {
        return Optional.ofNullable(item.entries().get(name))
                .filter(value -> value instanceof Value.Items || value instanceof Value.Entries || !value.isEmpty());
    }
}
