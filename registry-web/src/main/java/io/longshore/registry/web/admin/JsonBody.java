package io.longshore.registry.web.admin;

import io.longshore.registry.model.RegistryException;
import java.util.Map;
import java.util.function.Function;

/** The body of a request: a JSON object. Prints nothing of it. */
final class JsonBody {
    private final Map<String, Object> fields;

    /** @param fields maps, lists, texts, whole numbers, booleans and nulls; other values are of none of these types */
    JsonBody(Map<String, Object> fields) {
        this.fields = fields;
    }

    /**
     * What it says.
     *
     * @param form asks for each field that there may be
     * @throws RegistryException.Invalid if a field is missing, of another type, or not asked for
     */
    <T> T as(Function<Fields, T> form) {
        return Fields.read(fields, form);
    }
}
