package io.longshore.registry.notification.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.longshore.registry.notification.Event;
import io.longshore.registry.model.EventAction;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Events in the envelope of distribution, so that what understands its notifications understands these.
 *
 * <p>As there, empty fields are left out, but for the id, the method and the user agent of the request, which are empty
 * where there was none; a size of 0 counts as empty. What is deleted is told by its repository and its digest or tag
 * alone.
 */
public final class DistributionBody {
    public static final String MEDIA_TYPE = "application/vnd.docker.distribution.events.v2+json";

    private static final String USER = "user:";
    private static final String ANONYMOUS = "anonymous";

    private DistributionBody() {}

    /**
     * JSON in UTF-8. The same events always give the same bytes.
     *
     * @param references whether events of manifests tell what these consist of
     */
    public static byte[] of(List<Event> events, boolean references) {
        return Json.of(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("events");
            for (Event event : events) {
                writeEvent(json, event, references);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void writeEvent(JsonGenerator json, Event event, boolean references) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", event.id().toString());
        json.writeStringField("timestamp", event.at().toString());
        json.writeStringField("action", event.action().distributionWord());
        json.writeObjectFieldStart("target");
        if (Json.isDelete(event)) {
            writeDeleted(json, event);
        } else {
            writeTarget(json, event, references);
        }
        json.writeEndObject();
        writeRequest(json, event.request());
        json.writeObjectFieldStart("actor");
        Json.writeUnlessEmpty(json, "name", actor(event.actor()));
        json.writeEndObject();
        json.writeObjectFieldStart("source");
        Json.writeUnlessEmpty(json, "addr", event.source().address());
        json.writeStringField("instanceID", event.source().instance().toString());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeTarget(JsonGenerator json, Event event, boolean references) throws IOException {
        Json.writeUnlessEmpty(json, "mediaType", event.mediaType());
        writeUnlessZero(json, "size", event.size().orElse(0));
        Json.writeUnlessEmpty(json, "digest", event.digest());
        writeUnlessZero(json, "length", event.size().orElse(0));
        Json.writeUnlessEmpty(json, "repository", event.repository());
        Json.writeUnlessEmpty(json, "fromRepository", event.from());
        Json.writeUnlessEmpty(json, "url", Json.url(event));
        Json.writeUnlessEmpty(json, "tag", event.tag());
        if (references) {
            Json.writeReferences(json, event.references());
        }
    }

    private static void writeUnlessZero(JsonGenerator json, String field, long value) throws IOException {
        if (value != 0) {
            json.writeNumberField(field, value);
        }
    }

    /** Receivers know what was deleted by which fields are there: a digest here would make a manifest of a tag. */
    private static void writeDeleted(JsonGenerator json, Event event) throws IOException {
        boolean tag = event.action() == EventAction.TAG_DELETE;
        boolean repository = event.action() == EventAction.REPOSITORY_DELETE;
        Json.writeUnlessEmpty(json, "digest", tag || repository ? Optional.empty() : event.digest());
        Json.writeUnlessEmpty(json, "repository", event.repository());
        Json.writeUnlessEmpty(json, "tag", tag ? event.tag() : Optional.empty());
    }

    private static void writeRequest(JsonGenerator json, Event.Request request) throws IOException {
        json.writeObjectFieldStart("request");
        json.writeStringField("id", request.id());
        Json.writeUnlessEmpty(json, "addr", request.address());
        Json.writeUnlessEmpty(json, "host", request.host());
        json.writeStringField("method", request.method());
        json.writeStringField("useragent", request.userAgent());
        json.writeEndObject();
    }

    /**
     * Distribution knows users alone, and gives their bare names. Others keep the word in front, lest a robot be taken
     * for a user.
     */
    private static String actor(String actor) {
        if (actor.equals(ANONYMOUS)) {
            return "";
        }
        return actor.startsWith(USER) ? actor.substring(USER.length()) : actor;
    }
}
