package io.longshore.registry.client.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An image as {@code manifest.json} of {@code docker save} speaks of it.
 *
 * @param config where it is in the archive
 * @param names with their tags; may be empty
 * @param layers where they are in the archive, the lowest first
 */
record DockerImage(String config, List<String> names, List<String> layers) {
    /** Where the images of an archive are listed. */
    static final String LIST = "manifest.json";

    private static final JsonFactory JSON = new JsonFactory();

    DockerImage {
        names = List.copyOf(names);
        layers = List.copyOf(layers);
    }

    /**
     * Reads a list; what is not known is passed over.
     *
     * @throws IOException if it is none
     */
    static List<DockerImage> parse(byte[] list) throws IOException {
        List<DockerImage> images = new ArrayList<>();
        try (JsonParser json = JSON.createParser(list)) {
            require(json.nextToken() == JsonToken.START_ARRAY);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                require(json.currentToken() == JsonToken.START_OBJECT);
                images.add(image(json));
            }
        } catch (JsonProcessingException e) {
            throw new IOException(LIST + " is not JSON: " + e.getOriginalMessage(), e);
        }
        return images;
    }

    private static void require(boolean asExpected) throws IOException {
        if (!asExpected) {
            throw new IOException(LIST + " is not a list of images as docker save writes it");
        }
    }

    private static DockerImage image(JsonParser json) throws IOException {
        String config = "";
        List<String> names = List.of();
        List<String> layers = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "Config" -> config = text(json);
                case "RepoTags" -> names = texts(json);
                case "Layers" -> layers = texts(json);
                default -> json.skipChildren();
            }
        }
        require(!config.isEmpty());
        return new DockerImage(config, names, layers);
    }

    private static String text(JsonParser json) throws IOException {
        require(json.currentToken() == JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static List<String> texts(JsonParser json) throws IOException {
        List<String> texts = new ArrayList<>();
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return texts;
        }
        require(json.currentToken() == JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            texts.add(text(json));
        }
        return texts;
    }

    static byte[] write(List<DockerImage> images) throws IOException {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(list)) {
            json.writeStartArray();
            for (DockerImage image : images) {
                json.writeStartObject();
                json.writeStringField("Config", image.config);
                write(json, "RepoTags", image.names);
                write(json, "Layers", image.layers);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return list.toByteArray();
    }

    private static void write(JsonGenerator json, String field, List<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
