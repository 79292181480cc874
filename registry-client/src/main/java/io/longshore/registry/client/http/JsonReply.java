package io.longshore.registry.client.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the small JSON objects that registries and token servers answer with. Unknown fields are passed over. */
public final class JsonReply {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonReply() {}

    /** Reads the value at hand, or leaves it. */
    @FunctionalInterface
    private interface Field {
        void read(String name, JsonParser json) throws IOException;
    }

    /**
     * The fields of an object that are strings or numbers, as texts.
     *
     * @throws IOException if it is no JSON object
     */
    public static Map<String, String> scalars(byte[] object) throws IOException {
        Map<String, String> found = new HashMap<>();
        read(object, (name, json) -> {
            if (json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
                found.put(name, json.getText());
            }
        });
        return found;
    }

    /**
     * The strings of one list in an object; empty if it is not there or null.
     *
     * @throws IOException if it is no JSON object
     */
    public static List<String> list(byte[] object, String field) throws IOException {
        List<String> found = new ArrayList<>();
        read(object, (name, json) -> {
            if (!name.equals(field) || json.currentToken() != JsonToken.START_ARRAY) {
                return;
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() == JsonToken.VALUE_STRING) {
                    found.add(json.getText());
                }
                json.skipChildren();
            }
        });
        return found;
    }

    private static void read(byte[] object, Field field) throws IOException {
        try (JsonParser json = FACTORY.createParser(object)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the reply is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                field.read(name, json);
                json.skipChildren();
            }
        } catch (JsonProcessingException e) {
            // What Jackson says shows the text around the fault, which may be a token.
            throw new IOException("the reply is no JSON object");
        }
    }
}
