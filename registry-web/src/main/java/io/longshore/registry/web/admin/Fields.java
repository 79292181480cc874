package io.longshore.registry.web.admin;

import io.longshore.registry.config.Secret;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The fields of a JSON object that a client sent, each of the type that is asked for and of no other: nothing is
 * converted. A field that is null is as good as one that is not there. Not thread-safe.
 */
final class Fields {
    private static final int LONGEST_PLACE = 100;

    private final Map<?, ?> object;
    /** Where it stands in the body, such as {@code scopes[0].}; empty for the body itself. */
    private final String place;
    private final Set<String> known = new HashSet<>();

    private Fields(Map<?, ?> object, String place) {
        this.object = object;
        this.place = place;
    }

    /**
     * Reads an object.
     *
     * @param form asks for each field that there may be
     * @throws RegistryException.Invalid if a field is missing, of another type, or not asked for
     */
    static <T> T read(Map<String, Object> object, Function<Fields, T> form) {
        return read(object, "", form);
    }

    private static <T> T read(Map<?, ?> object, String place, Function<Fields, T> form) {
        Fields fields = new Fields(object, place);
        T read = form.apply(fields);
        for (Object name : object.keySet()) {
            if (!fields.known.contains(name)) {
                throw refused(place + name, "there is no such field");
            }
        }
        return read;
    }

    String text(String name) {
        return required(name, optionalText(name));
    }

    Optional<String> optionalText(String name) {
        return value(name).map(value -> text(place + name, value));
    }

    Secret secret(String name) {
        return Secret.of(text(name));
    }

    /** False if it is not there. */
    boolean flag(String name) {
        return value(name).filter(value -> isTrue(name, value)).isPresent();
    }

    boolean requiredFlag(String name) {
        return isTrue(name, required(name, value(name)));
    }

    Optional<Instant> optionalInstant(String name) {
        return optionalText(name).map(text -> {
            try {
                return Rfc3339.parse(text);
            } catch (DateTimeException e) {
                throw refused(place + name, Rfc3339.EXPECTED);
            }
        });
    }

    /** Empty if it is not there. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        List<?> array = array(name);
        for (int i = 0; i < array.size(); i++) {
            texts.add(text(place + name + '[' + i + ']', array.get(i)));
        }
        return texts;
    }

    /** A text that is to be something. {@code rule} throws {@link IllegalArgumentException} if it is not. */
    <T> Optional<T> optional(String name, Function<String, T> rule) {
        return optionalText(name).map(text -> ruled(name, text, rule));
    }

    /** A whole number that is to be something, in decimal. */
    <T> Optional<T> optionalNumber(String name, Function<String, T> rule) {
        return value(name).map(value -> {
            if (!(value instanceof Long number)) {
                throw refused(place + name, "expected a whole number");
            }
            return ruled(name, number.toString(), rule);
        });
    }

    /** A list of texts that are to be something. */
    <T> Optional<T> optionalTexts(String name, Function<List<String>, T> rule) {
        return value(name).map(value -> ruled(name, texts(name), rule));
    }

    /** An object, each field of which is a list of texts or one text, that is to be something. */
    <T> Optional<T> optionalTextsByName(String name, Function<Map<String, List<String>>, T> rule) {
        return value(name).map(value -> {
            if (!(value instanceof Map<?, ?> lists)) {
                throw refused(place + name, "expected an object");
            }
            Map<String, List<String>> texts = new LinkedHashMap<>();
            Fields fields = new Fields(lists, place + name + '.');
            lists.forEach((key, list) -> {
                if (list != null) {
                    texts.put((String) key, list instanceof String text ? List.of(text) : fields.texts((String) key));
                }
            });
            return ruled(name, texts, rule);
        });
    }

    private <V, T> T ruled(String name, V value, Function<V, T> rule) {
        try {
            return rule.apply(value);
        } catch (IllegalArgumentException e) {
            throw refused(place + name, e.getMessage());
        }
    }

    Optional<Boolean> optionalFlag(String name) {
        return value(name).map(value -> isTrue(name, value));
    }

    /** Empty if it is not there. */
    <T> List<T> objects(String name, Function<Fields, T> form) {
        List<T> read = new ArrayList<>();
        List<?> array = array(name);
        for (int i = 0; i < array.size(); i++) {
            String itemPlace = place + name + '[' + i + ']';
            if (!(array.get(i) instanceof Map<?, ?> item)) {
                throw refused(itemPlace, "expected an object");
            }
            read.add(read(item, itemPlace + '.', form));
        }
        return read;
    }

    private List<?> array(String name) {
        Object value = value(name).orElse(List.of());
        if (!(value instanceof List<?> array)) {
            throw refused(place + name, "expected a list");
        }
        return array;
    }

    private Optional<Object> value(String name) {
        known.add(name);
        return Optional.ofNullable(object.get(name));
    }

    private <T> T required(String name, Optional<T> value) {
        return value.orElseThrow(() -> refused(place + name, "expected it to be there"));
    }

    private static String text(String where, Object value) {
        if (!(value instanceof String text)) {
            throw refused(where, "expected a text");
        }
        return text;
    }

    private boolean isTrue(String name, Object value) {
        if (!(value instanceof Boolean flag)) {
            throw refused(place + name, "expected true or false");
        }
        return flag;
    }

    /** That a field is not what it must be. */
    RegistryException refusal(String name, String message) {
        return refused(place + name, message);
    }

    private static RegistryException refused(String where, String message) {
        String shown = where.length() > LONGEST_PLACE ? where.substring(0, LONGEST_PLACE) + '…' : where;
        return new RegistryException.Invalid(ErrorCode.UNSUPPORTED, shown + ": " + message, "");
    }
}
