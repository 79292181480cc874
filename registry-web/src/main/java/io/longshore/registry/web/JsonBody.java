package io.longshore.registry.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.referrer.Referrer;
import io.longshore.registry.web.body.JsonObject;
import java.io.IOException;
import java.util.List;

/** The JSON documents that the registry makes itself. */
final class JsonBody {
    private JsonBody() {}

    /** {@code {"name":…,"tags":[…]}}; never null where there is none. */
    static byte[] tags(String repository, List<?> tags) {
        return JsonObject.of(json -> {
            json.writeStringField("name", repository);
            writeStrings(json, "tags", tags);
        });
    }

    /** {@code {"repositories":[…]}}. */
    static byte[] repositories(List<?> repositories) {
        return JsonObject.of(json -> writeStrings(json, "repositories", repositories));
    }

    /** An OCI image index that lists referrers. */
    static byte[] index(List<Referrer> referrers) {
        return JsonObject.of(json -> {
            json.writeNumberField("schemaVersion", 2);
            json.writeStringField("mediaType", MediaTypes.OCI_INDEX);
            json.writeArrayFieldStart("manifests");
            for (Referrer referrer : referrers) {
                writeDescriptor(json, referrer);
            }
            json.writeEndArray();
        });
    }

    private static void writeDescriptor(JsonGenerator json, Referrer referrer) throws IOException {
        json.writeStartObject();
        json.writeStringField("mediaType", referrer.mediaType());
        json.writeStringField("digest", referrer.digest().toString());
        json.writeNumberField("size", referrer.sizeBytes());
        if (referrer.artifactType().isPresent()) {
            json.writeStringField("artifactType", referrer.artifactType().get());
        }
        if (referrer.annotationsJson().isPresent()) {
            json.writeFieldName("annotations");
            json.writeRawValue(referrer.annotationsJson().get());
        }
        json.writeEndObject();
    }

    private static void writeStrings(JsonGenerator json, String field, List<?> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (Object value : values) {
            json.writeString(value.toString());
        }
        json.writeEndArray();
    }
}
