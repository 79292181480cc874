package io.longshore.registry.storage;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is configured for a driver: texts by name. Prints names only, since a text may be a secret. Immutable. */
public final class DriverParameters {
    private final Map<String, String> texts;

    /** Names are taken without regard to case, as environment variables have none. */
    public DriverParameters(Map<String, String> texts) {
        this.texts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        this.texts.putAll(texts);
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /**
     * @throws IllegalArgumentException if it is not set, naming it
     */
    public String get(String name) {
        return find(name).orElseThrow(
                () -> new IllegalArgumentException("storage.driver.parameters." + name + " is not set"));
    }

    /**
     * @throws IllegalArgumentException if another one is set, naming it
     */
    public void allowOnly(Set<String> names) {
        Set<String> unknown = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        unknown.addAll(texts.keySet());
        names.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "storage.driver.parameters: unknown " + unknown + "; known are " + new TreeSet<>(names));
        }
    }

    @Override
    public String toString() {
        return texts.keySet().toString();
    }
}
