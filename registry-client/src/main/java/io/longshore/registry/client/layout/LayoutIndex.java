package io.longshore.registry.client.layout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.longshore.registry.model.Descriptor;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The text of {@code index.json}, changed without losing what others have written into it (OCI image-spec, Image Layout,
 * "index.json file").
 */
final class LayoutIndex {
    /** What something is called. */
    static final String REF_NAME = "org.opencontainers.image.ref.name";

    private static final JsonFactory JSON = new JsonFactory();
    private static final String MANIFESTS = "manifests";
    private static final String ANNOTATIONS = "annotations";

    private LayoutIndex() {}

    /** The version that a file {@code oci-layout} names. */
    static Optional<String> version(String json) throws IOException {
        Optional<String> version = Optional.empty();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isVersion = parser.currentName().equals("imageLayoutVersion");
                parser.nextToken();
                if (isVersion) {
                    version = Optional.ofNullable(parser.getValueAsString());
                }
                parser.skipChildren();
            }
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        return version;
    }

    /**
     * The same index with a manifest at its end. An entry that was called so loses the name; one of the same digest that
     * has no other name goes.
     *
     * @param json an index that has been parsed before
     */
    static String add(String json, Descriptor manifest, Optional<String> name) {
        StringWriter text = new StringWriter();
        try (JsonParser parser = JSON.createParser(json); JsonGenerator out = JSON.createGenerator(text)) {
            parser.nextToken();
            out.writeStartObject();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                out.writeFieldName(field);
                parser.nextToken();
                if (field.equals(MANIFESTS)) {
                    manifests(parser, out, manifest, name);
                } else {
                    out.copyCurrentStructure(parser);
                }
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("what was parsed before can be read", e);
        }
        return text.toString();
    }

    private static void manifests(JsonParser parser, JsonGenerator out, Descriptor manifest, Optional<String> name)
            throws IOException {
        out.writeStartArray();
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                entry(raw(parser), out, manifest, name);
            }
        }
        out.writeRawValue(named(manifest, name).toJson());
        out.writeEndArray();
    }

    private static String raw(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = JSON.createGenerator(text)) {
            copy.copyCurrentStructure(parser);
        }
        return text.toString();
    }

    private static void entry(String raw, JsonGenerator out, Descriptor manifest, Optional<String> name)
            throws IOException {
        Entry entry = Entry.read(raw);
        boolean losesName = name.isPresent() && name.equals(entry.name());
        boolean hasOtherName = entry.name().isPresent() && !losesName;
        if (entry.digest().equals(manifest.digest().toString()) && !hasOtherName) {
            return;
        }
        out.writeRawValue(losesName ? withoutName(raw) : raw);
    }

    /** What must be known of an entry. */
    private record Entry(String digest, Optional<String> name) {
        static Entry read(String raw) throws IOException {
            String digest = "";
            Optional<String> name = Optional.empty();
            try (JsonParser parser = JSON.createParser(raw)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    parser.nextToken();
                    if (field.equals("digest")) {
                        digest = parser.getText();
                    } else if (field.equals(ANNOTATIONS) && parser.currentToken() == JsonToken.START_OBJECT) {
                        name = name(parser);
                    } else {
                        parser.skipChildren();
                    }
                }
            }
            return new Entry(digest, name);
        }

        private static Optional<String> name(JsonParser annotations) throws IOException {
            Optional<String> name = Optional.empty();
            while (annotations.nextToken() == JsonToken.FIELD_NAME) {
                boolean isName = annotations.currentName().equals(REF_NAME);
                annotations.nextToken();
                if (isName) {
                    name = Optional.of(annotations.getText());
                }
            }
            return name;
        }
    }

    private static String withoutName(String raw) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonParser parser = JSON.createParser(raw); JsonGenerator out = JSON.createGenerator(text)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME && parser.currentName().equals(REF_NAME)) {
                    parser.nextToken();
                } else {
                    out.copyCurrentEvent(parser);
                }
            }
        }
        return text.toString();
    }

    private static Descriptor named(Descriptor manifest, Optional<String> name) {
        Map<String, String> annotations = new LinkedHashMap<>(manifest.annotations());
        annotations.remove(REF_NAME);
        name.ifPresent(text -> annotations.put(REF_NAME, text));
        return manifest.withAnnotations(annotations);
    }
}
