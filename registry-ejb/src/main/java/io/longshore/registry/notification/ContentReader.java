package io.longshore.registry.notification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.longshore.registry.audit.EventContent;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a manifest consists of, as {@link EventContent} has written it. */
final class ContentReader {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;

    private ContentReader(JsonParser parser) {
        this.parser = parser;
    }

    /** @param json null for nothing */
    static List<Descriptor> read(String json) {
        if (json == null) {
            return List.of();
        }
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return new ContentReader(parser).descriptors();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private List<Descriptor> descriptors() throws IOException {
        List<Descriptor> content = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            content.add(descriptor());
        }
        return content;
    }

    private Descriptor descriptor() throws IOException {
        String mediaType = "";
        String digest = "";
        long size = 0;
        List<String> urls = List.of();
        Map<String, String> annotations = Map.of();
        Optional<Platform> platform = Optional.empty();
        Optional<String> artifactType = Optional.empty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "mediaType" -> mediaType = parser.getText();
                case "digest" -> digest = parser.getText();
                case "size" -> size = parser.getLongValue();
                case "urls" -> urls = texts();
                case "annotations" -> annotations = annotations();
                case "platform" -> platform = Optional.of(platform());
                case "artifactType" -> artifactType = Optional.of(parser.getText());
                default -> parser.skipChildren();
            }
        }
        return new Descriptor(mediaType, Digest.parse(digest), size, urls, annotations, platform, artifactType);
    }

    private List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
            texts.add(parser.getText());
        }
        return texts;
    }

    private Map<String, String> annotations() throws IOException {
        Map<String, String> annotations = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            annotations.put(parser.currentName(), parser.nextTextValue());
        }
        return annotations;
    }

    private Platform platform() throws IOException {
        Map<String, String> words = new LinkedHashMap<>();
        List<String> features = List.of();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                features = texts();
            } else {
                words.put(name, parser.getText());
            }
        }
        return new Platform(
                words.getOrDefault("os", ""), words.getOrDefault("architecture", ""),
                words.getOrDefault("os.version", ""), features, words.getOrDefault("variant", ""));
    }
}
