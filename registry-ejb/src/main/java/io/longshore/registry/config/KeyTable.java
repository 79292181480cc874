package io.longshore.registry.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The keys of an area, in the order of the reference page. Filled while the class that holds it is initialised. */
final class KeyTable {
    private final List<Key<?>> keys = new ArrayList<>();

    /** A key that does what its description says. {@code standard} is empty for no default. */
    <T> Key<T> add(String name, ValueType<T> type, String standard, String description) {
        return add(new Key<>(name, type, standard, Effect.FULL, description));
    }

    /** A key, and all beneath it, that changes nothing; the description says why. */
    void noEffect(String name, String description) {
        add(new Key<>(name, Types.SECTION, "", Effect.NONE, description));
    }

    /** A key that must not be set, but to what is {@code harmless}; the description says what is so instead. */
    <T> void refuse(String name, ValueType<T> type, String harmless, String description) {
        add(new Key<>(name, type, harmless, Effect.REFUSED, description));
    }

    private <T> Key<T> add(Key<T> key) {
        keys.add(key);
        return key;
    }

    List<Key<?>> keys() {
        return Collections.unmodifiableList(keys);
    }
}
