package io.longshore.registry.notification.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.longshore.registry.audit.EventContent;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.notification.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** What the two bodies have in common. */
final class Json {
    private static final JsonFactory JSON = new JsonFactory();

    private Json() {}

    /** Writes one value. */
    @FunctionalInterface
    interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** In UTF-8. */
    static byte[] of(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            content.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** A field, unless there is no value or an empty one. */
    static void writeUnlessEmpty(JsonGenerator json, String field, Optional<?> value) throws IOException {
        writeUnlessEmpty(json, field, value.map(Object::toString).orElse(""));
    }

    static void writeUnlessEmpty(JsonGenerator json, String field, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(field, value);
        }
    }

    /** The field {@code references}, unless there are none. */
    static void writeReferences(JsonGenerator json, List<Descriptor> references) throws IOException {
        if (references.isEmpty()) {
            return;
        }
        json.writeFieldName("references");
        EventContent.write(json, references);
    }

    /** Where the manifest or blob of an event can be had; empty if it is gone, or the registry's URL is not known. */
    static Optional<String> url(Event event) {
        String base = event.request().baseUrl();
        if (base.isEmpty() || event.repository().isEmpty() || event.digest().isEmpty() || isDelete(event)) {
            return Optional.empty();
        }
        String kind = event.action().word().startsWith("blob.") ? "blobs" : "manifests";
        return Optional.of(base + "/v2/" + event.repository().get() + "/" + kind + "/" + event.digest().get());
    }

    static boolean isDelete(Event event) {
        return event.action().word().endsWith(".delete");
    }
}
