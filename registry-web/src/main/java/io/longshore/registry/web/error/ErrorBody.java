package io.longshore.registry.web.error;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.longshore.registry.model.RegistryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The body of every failure under {@code /v2/}: {@code {"errors":[{"code":…,"message":…,"detail":…}]}}.
 *
 * <p>OCI distribution-spec, "Error Codes". {@code detail} is optional there and left out when it would be empty.
 */
public final class ErrorBody {
    /** The media type, without parameters, as the specification asks of replies. */
    public static final String MEDIA_TYPE = "application/json";

    private static final JsonFactory JSON = new JsonFactory();

    private ErrorBody() {}

    /** The body that lists these errors, in UTF-8. */
    public static byte[] of(List<RegistryException.Error> errors) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeArrayFieldStart("errors");
            for (RegistryException.Error error : errors) {
                write(error, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory takes every byte", e);
        }
        return body.toByteArray();
    }

    private static void write(RegistryException.Error error, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", error.code().name());
        json.writeFieldName("message");
        writeText(error.message(), json);
        if (!error.detail().isEmpty()) {
            json.writeFieldName("detail");
            writeText(error.detail(), json);
        }
        json.writeEndObject();
    }

    /** Encodes first: what a client sent may hold half a surrogate pair, which has no UTF-8, and becomes '?'. */
    static void writeText(String text, JsonGenerator json) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        json.writeUTF8String(utf8, 0, utf8.length);
    }
}
