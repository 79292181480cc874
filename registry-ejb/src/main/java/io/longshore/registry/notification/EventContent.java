package io.longshore.registry.notification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a manifest consists of, as the outbox keeps it: a list of objects, each with three fields. */
final class EventContent {
    private static final JsonFactory JSON = new JsonFactory();

    private EventContent() {}

    /** @param json null for nothing */
    static List<Descriptor> read(String json) {
        List<Descriptor> content = new ArrayList<>();
        if (json == null) {
            return content;
        }
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                content.add(descriptor(parser));
            }
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static Descriptor descriptor(JsonParser parser) throws IOException {
        String mediaType = "";
        String digest = "";
        long size = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "mediaType" -> mediaType = parser.getText();
                case "digest" -> digest = parser.getText();
                case "size" -> size = parser.getLongValue();
                default -> parser.skipChildren();
            }
        }
        return new Descriptor(mediaType, Digest.parse(digest), size, List.of(), Optional.empty());
    }
}
