package io.longshore.registry.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.Platform;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes what a manifest consists of as webhooks tell it: a list of descriptors, in JSON. */
public final class EventContent {
    private static final JsonFactory JSON = new JsonFactory();

    private EventContent() {}

    /** Config, layers and manifests, in this order, as the column {@code content} of an event. */
    public static String of(Manifest manifest) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, Stream.of(manifest.config().stream(), manifest.layers().stream(), manifest.manifests().stream())
                    .flatMap(part -> part)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    /** Writes a list of descriptors with the fields that distribution's have, without those that are empty. */
    public static void write(JsonGenerator json, List<Descriptor> descriptors) throws IOException {
        json.writeStartArray();
        for (Descriptor descriptor : descriptors) {
            json.writeStartObject();
            json.writeStringField("mediaType", descriptor.mediaType());
            json.writeNumberField("size", descriptor.sizeBytes());
            json.writeStringField("digest", descriptor.digest().toString());
            writeTexts(json, "urls", descriptor.urls());
            writeAnnotations(json, descriptor.annotations());
            if (descriptor.platform().isPresent()) {
                writePlatform(json, descriptor.platform().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeTexts(JsonGenerator json, String field, List<String> texts) throws IOException {
        if (texts.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void writeAnnotations(JsonGenerator json, Map<String, String> annotations) throws IOException {
        if (annotations.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("annotations");
        for (Map.Entry<String, String> annotation : annotations.entrySet()) {
            json.writeStringField(annotation.getKey(), annotation.getValue());
        }
        json.writeEndObject();
    }

    private static void writePlatform(JsonGenerator json, Platform platform) throws IOException {
        json.writeObjectFieldStart("platform");
        json.writeStringField("architecture", platform.architecture());
        json.writeStringField("os", platform.os());
        writeText(json, "os.version", platform.osVersion());
        writeTexts(json, "os.features", platform.osFeatures());
        writeText(json, "variant", platform.variant());
        json.writeEndObject();
    }

    private static void writeText(JsonGenerator json, String field, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(field, text);
        }
    }
}
