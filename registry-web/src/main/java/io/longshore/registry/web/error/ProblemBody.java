package io.longshore.registry.web.error;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.longshore.registry.model.RegistryException;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/** The body of every failure under {@code /api/}: problem details (RFC 9457) that say no more than status and words. */
final class ProblemBody {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final JsonFactory JSON = new JsonFactory();

    private ProblemBody() {}

    /** The body for this status and these errors, in UTF-8. */
    static byte[] of(int status, List<RegistryException.Error> errors) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", title(status));
            json.writeNumberField("status", status);
            json.writeFieldName("detail");
            ErrorBody.writeText(errors.stream().map(ProblemBody::text).collect(Collectors.joining("; ")), json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory takes every byte", e);
        }
        return body.toByteArray();
    }

    /** With the type {@code about:blank}, the title is that of the status. */
    private static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "HTTP " + status : known.getReasonPhrase();
    }

    private static String text(RegistryException.Error error) {
        return error.detail().isEmpty() ? error.message() : error.message() + ": " + error.detail();
    }
}
