package io.longshore.registry.client.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;

/** Reads JSON of others: objects become maps, lists lists. */
final class Json {
    private Json() {}

    /** @throws IOException if it is none */
    static Object read(byte[] json) throws IOException {
        try {
            return JSON.std.anyFrom(json);
        } catch (JsonProcessingException e) {
            throw new IOException("this is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
