package io.longshore.registry.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands behind a key, before it is known what it should be. Does not print what may be a secret. */
sealed interface Value {
    Source source();

    /** An empty text is as good as none. */
    default boolean isEmpty() {
        return false;
    }

    /** Named, and nothing behind it. */
    record Nothing(Source source) implements Value {
        @Override
        public boolean isEmpty() {
            return true;
        }
    }

    /** Any scalar, as it is written. */
    record Text(String text, Source source) implements Value {
        @Override
        public boolean isEmpty() {
            return text.isEmpty();
        }

        @Override
        public String toString() {
            return "Text[" + source + "]";
        }
    }

    /** What a variable or property holds: a text or a tree in YAML, as the key has it. Never empty. */
    record Raw(String text, Source source) implements Value {
        @Override
        public String toString() {
            return "Raw[" + source + "]";
        }
    }

    record Items(List<Value> items, Source source) implements Value {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public boolean isEmpty() {
            return items.isEmpty();
        }
    }

    /** In the order written. */
    record Entries(Map<String, Value> entries, Source source) implements Value {
        public Entries {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public boolean isEmpty() {
            return entries.isEmpty();
        }
    }

    /**
     * This value with another one put into it; a list is extended by its next element.
     *
     * @param base null for none
     * @param path names of entries and indices of items
     * @throws IllegalArgumentException if the list has no such index
     */
    static Value put(Value base, List<String> path, Value value) {
        if (path.isEmpty()) {
            return value;
        }
        String step = path.get(0);
        List<String> rest = path.subList(1, path.size());
        boolean index = step.matches("[0-9]{1,6}");
        return index && !(base instanceof Entries)
                ? putItem(base instanceof Items items ? items.items() : List.of(), Integer.parseInt(step), rest, value)
                : putEntry(base instanceof Entries entries ? entries.entries() : Map.of(), step, rest, value);
    }

    private static Value putItem(List<Value> base, int index, List<String> rest, Value value) {
        if (index > base.size()) {
            throw new IllegalArgumentException("expected an index of at most " + base.size() + ", the end of the list");
        }
        List<Value> items = new ArrayList<>(base);
        if (index == base.size()) {
            items.add(put(null, rest, value));
        } else {
            items.set(index, put(base.get(index), rest, value));
        }
        return new Items(items, value.source());
    }

    private static Value putEntry(Map<String, Value> base, String step, List<String> rest, Value value) {
        // Variables have lost the case of what they name.
        String name = base.keySet().stream().filter(step::equalsIgnoreCase).findFirst().orElse(step);
        Map<String, Value> entries = new LinkedHashMap<>(base);
        entries.put(name, put(base.get(name), rest, value));
        return new Entries(entries, value.source());
    }
}
