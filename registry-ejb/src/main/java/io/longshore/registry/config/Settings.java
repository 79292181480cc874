package io.longshore.registry.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What has been set, key by key. Sources are assigned one after the other, the weakest first. Not thread-safe.
 */
final class Settings {
    private static final String STORAGE = "storage";
    private static final Set<String> NAMED_BY_TEXT = Set.of(STORAGE, "auth");

    private final Problems problems;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, Source> drivers = new LinkedHashMap<>();
    private final Map<String, Source> sections = new LinkedHashMap<>();

    Settings(Problems problems) {
        this.problems = problems;
    }

    /** Assigns a key, a part of one, or the many keys of a section. */
    void assign(List<String> given, Value value) {
        List<String> path = Keys.withoutAlias(given);
        if (path.size() > 1 && path.get(0).equals(STORAGE) && Keys.DRIVERS.contains(path.get(1))) {
            drivers.put(path.get(1), value.source());
        }
        for (int length = 1; length <= path.size(); length++) {
            String name = String.join(".", path.subList(0, length));
            Optional<Key<?>> key = Keys.find(name);
            if (key.isPresent()) {
                assign(key.get(), path.subList(length, path.size()), value);
                return;
            }
            if (!Keys.isSection(name)) {
                unknown(path, value.source());
                return;
            }
            sections.put(name, value.source());
        }
        assignSection(path, value);
    }

    private void unknown(List<String> path, Source source) {
        String name = String.join(".", path);
        problems.add(name, source, "unknown key; the nearest known one is " + source.spell(Keys.nearest(name)));
    }

    private void assign(Key<?> key, List<String> part, Value given) {
        if (!part.isEmpty() && !key.type().hasParts()) {
            unknown(concat(List.of(key.name().split("\\.")), part), given.source());
            return;
        }
        Value value = key.type().hasParts() ? tree(given) : text(given);
        if (key.isUnset(value)) {
            return;
        }
        try {
            values.put(key.name(), Value.put(values.get(key.name()), part, value));
        } catch (IllegalArgumentException e) {
            problems.add(key.name(), value.source(), e.getMessage());
        }
    }

    private void assignSection(List<String> path, Value given) {
        String name = String.join(".", path);
        Value value = tree(given);
        if (value instanceof Value.Entries section) {
            if (name.equals(STORAGE) && section.entries().keySet().stream().anyMatch(Keys.DRIVERS::contains)) {
                forgetDriver();
            }
            section.entries().forEach((word, entry) -> assignEntry(path, word, entry));
        } else if (value instanceof Value.Text text && !value.isEmpty() && NAMED_BY_TEXT.contains(name)) {
            if (name.equals(STORAGE)) {
                forgetDriver();
            }
            assignEntry(path, text.text(), new Value.Nothing(value.source()));
        } else if (!value.isEmpty()) {
            problems.add(name.isEmpty() ? "the file" : name, value.source(), "expected keys beneath it");
        }
    }

    private void assignEntry(List<String> path, String word, Value entry) {
        if (word.contains(".")) {
            String name = String.join(".", concat(path, List.of(word)));
            problems.add(name, entry.source(), "keys stand beneath each other, and are not joined by dots here");
            return;
        }
        assign(concat(path, List.of(word)), entry);
    }

    /** Whoever names the driver anew means it instead of the one that a weaker source names. */
    private void forgetDriver() {
        for (String driver : drivers.keySet()) {
            String name = STORAGE + "." + driver;
            values.keySet().removeIf(key -> key.equals(name) || key.startsWith(name + "."));
        }
        drivers.clear();
    }

    /** A list or map in a variable is YAML, and begins as such; any other text stands for itself. */
    private Value tree(Value value) {
        boolean yaml = value instanceof Value.Raw raw && (raw.text().startsWith("[") || raw.text().startsWith("{"));
        return yaml ? YamlReader.read(((Value.Raw) value).text(), value.source(), problems) : text(value);
    }

    private static Value text(Value value) {
        return value instanceof Value.Raw raw ? new Value.Text(raw.text(), raw.source()) : value;
    }

    private static List<String> concat(List<String> left, List<String> right) {
        return Stream.concat(left.stream(), right.stream()).toList();
    }

    /** The drivers named, and where. */
    Map<String, Source> drivers() {
        return drivers;
    }

    /** Where a section, or a key beneath it, was named. */
    Optional<Source> section(String name) {
        return Optional.ofNullable(sections.get(name));
    }

    /** Where a key was set. */
    Optional<Source> source(Key<?> key) {
        return Optional.ofNullable(values.get(key.name())).map(Value::source);
    }

    Optional<Value> raw(Key<?> key) {
        return Optional.ofNullable(values.get(key.name()));
    }

    /** What was set, or the default. A value that is wrong is a problem, and the default stands in for it. */
    <T> Optional<T> find(Key<T> key) {
        Value value = values.get(key.name());
        if (value == null) {
            return key.standard();
        }
        try {
            return Optional.of(key.type().parse(value));
        } catch (IllegalArgumentException e) {
            problems.add(key.name(), value.source(), e.getMessage() + shown(key.type(), value));
            return key.standard();
        }
    }

    /** As {@link #find}, of a key that has a default. */
    <T> T get(Key<T> key) {
        return find(key).orElseThrow();
    }

    /** The end of a message about a value: the value itself, if it is a text that may be shown. */
    static String shown(ValueType<?> type, Value value) {
        boolean show = type.shape() == ValueType.Shape.TEXT && value instanceof Value.Text;
        return show ? ", not \"" + Problems.quoted(((Value.Text) value).text()) + "\"" : "";
    }
}
