package io.longshore.registry.notification.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.longshore.registry.notification.Event;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Events as CloudEvents 1.0 say, in the structured mode of JSON: one object, or an array of them.
 *
 * <p>The type is {@code io.longshore.registry.}, the {@linkplain io.longshore.registry.notification.EventAction#word
 * word} of the action and {@code .v1}; the subject {@code repository:tag} where there is a tag, else {@code
 * repository@digest}, else the repository; the source the URL of the registry as the client wrote it, or else {@code
 * urn:longshore:} and the id of the instance. Empty fields of {@code data} are left out.
 */
public final class CloudEventBody {
    /** Of {@link #of}. */
    public static final String MEDIA_TYPE = "application/cloudevents+json";
    /** Of {@link #batchOf}. */
    public static final String BATCH_MEDIA_TYPE = "application/cloudevents-batch+json";

    private CloudEventBody() {}

    /**
     * One event: JSON in UTF-8. The same event always gives the same bytes.
     *
     * @param references whether events of manifests tell what these consist of
     */
    public static byte[] of(Event event, boolean references) {
        return Json.of(json -> writeEvent(json, event, references));
    }

    /** Several, or one, in an array. */
    public static byte[] batchOf(List<Event> events, boolean references) {
        return Json.of(json -> {
            json.writeStartArray();
            for (Event event : events) {
                writeEvent(json, event, references);
            }
            json.writeEndArray();
        });
    }

    private static void writeEvent(JsonGenerator json, Event event, boolean references) throws IOException {
        json.writeStartObject();
        json.writeStringField("specversion", "1.0");
        json.writeStringField("id", event.id().toString());
        json.writeStringField("source", source(event));
        json.writeStringField("type", "io.longshore.registry." + event.action().word() + ".v1");
        Json.writeUnlessEmpty(json, "subject", subject(event));
        json.writeStringField("time", event.at().toString());
        json.writeStringField("datacontenttype", "application/json");
        json.writeObjectFieldStart("data");
        writeData(json, event, references);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String source(Event event) {
        String base = event.request().baseUrl();
        return base.isEmpty() ? "urn:longshore:" + event.source().instance() : base;
    }

    private static Optional<String> subject(Event event) {
        return event.repository().map(repository -> event.tag()
                .map(tag -> repository + ":" + tag)
                .or(() -> event.digest().map(digest -> repository + "@" + digest))
                .orElse(repository.value()));
    }

    private static void writeData(JsonGenerator json, Event event, boolean references) throws IOException {
        json.writeStringField("action", event.action().word());
        Json.writeUnlessEmpty(json, "repository", event.repository());
        Json.writeUnlessEmpty(json, "tag", event.tag());
        Json.writeUnlessEmpty(json, "digest", event.digest());
        Json.writeUnlessEmpty(json, "mediaType", event.mediaType());
        if (event.size().isPresent()) {
            json.writeNumberField("size", event.size().getAsLong());
        }
        Json.writeUnlessEmpty(json, "fromRepository", event.from());
        Json.writeUnlessEmpty(json, "url", Json.url(event));
        if (references) {
            Json.writeReferences(json, event.references());
        }
        Json.writeUnlessEmpty(json, "actor", event.actor());
        if (!event.request().equals(Event.Request.NONE)) {
            writeRequest(json, event.request());
        }
        json.writeObjectFieldStart("source");
        Json.writeUnlessEmpty(json, "address", event.source().address());
        json.writeStringField("instance", event.source().instance().toString());
        json.writeEndObject();
    }

    private static void writeRequest(JsonGenerator json, Event.Request request) throws IOException {
        json.writeObjectFieldStart("request");
        Json.writeUnlessEmpty(json, "id", request.id());
        Json.writeUnlessEmpty(json, "address", request.address());
        Json.writeUnlessEmpty(json, "host", request.host());
        Json.writeUnlessEmpty(json, "method", request.method());
        Json.writeUnlessEmpty(json, "userAgent", request.userAgent());
        json.writeEndObject();
    }
}
