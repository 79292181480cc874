package io.longshore.registry.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Manifest;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
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
            json.writeRawValue(descriptor.toJson());
        }
        json.writeEndArray();
    }
}
