package io.longshore.registry.client.tool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON object in the making: fields in their order, without those that have nothing to say. */
final class Fields {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /**
     * Adds a field.
     *
     * @param value a number, a truth value, a list or map of such, other fields; anything else by its text. An empty
     *     {@link Optional} adds nothing
     */
    Fields with(String name, Object value) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> fields.put(name, json(present)));
        } else {
            fields.put(name, json(value));
        }
        return this;
    }

    /** Adds a field unless it would be an empty text, list or map. */
    Fields withUnlessEmpty(String name, Object value) {
        boolean isEmpty = value instanceof Collection<?> list && list.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty()
                || value instanceof String text && text.isEmpty();
        return isEmpty ? this : with(name, value);
    }

    private static Object json(Object value) {
        if (value instanceof Fields other) {
            return other.fields;
        }
        if (value instanceof Collection<?> items) {
            List<Object> list = new ArrayList<>();
            items.forEach(item -> list.add(json(item)));
            return list;
        }
        if (value instanceof Map<?, ?> entries) {
            Map<String, Object> map = new LinkedHashMap<>();
            entries.forEach((key, item) -> map.put(key.toString(), json(item)));
            return map;
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    Map<String, Object> map() {
        return fields;
    }
}
