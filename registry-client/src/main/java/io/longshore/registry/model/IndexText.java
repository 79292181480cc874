package io.longshore.registry.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The text of an index that several programs write, changed without losing what others have written into it: fields
 * that are not known here, and entries as they stand.
 *
 * <p>OCI image-spec, Image Index; Image Layout, "index.json file".
 */
public final class IndexText {
    /** The annotation that says what an entry is called. */
    public static final String REF_NAME = "org.opencontainers.image.ref.name";

    /** An index of nothing. */
    public static final String EMPTY =
            "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[]}";

    private static final JsonFactory JSON = new JsonFactory();
    private static final String MANIFESTS = "manifests";
    private static final String ANNOTATIONS = "annotations";

    private IndexText() {}

    /**
     * The same index with a manifest at its end, called by a name or by none. An entry that was called so loses the
     * name; one of the same digest that has no other name goes.
     *
     * @param json an index that has been parsed before
     */
    public static String add(String json, Descriptor manifest, Optional<String> name) {
        return rewrite(json, new Change(manifest.digest(), name, true, Optional.of(named(manifest, name))));
    }

    /**
     * The same index with an entry at its end, in place of all of the same digest.
     *
     * @param json as for {@link #add}
     */
    public static String put(String json, Descriptor entry) {
        return rewrite(json, new Change(entry.digest(), Optional.empty(), false, Optional.of(entry)));
    }

    /**
     * The same index without the entries of this digest, whatever they are called.
     *
     * @param json as for {@link #add}
     */
    public static String remove(String json, Digest manifest) {
        return rewrite(json, new Change(manifest, Optional.empty(), false, Optional.empty()));
    }

    /**
     * @param name that no other entry has from then on
     * @param sparesNamed whether entries of the digest stay that have another name
     * @param entry to be added
     */
    private record Change(
            Digest digest, Optional<String> name, boolean sparesNamed, Optional<Descriptor> entry) {
        /** What becomes of an entry; empty if it goes. */
        Optional<String> apply(String raw) throws IOException {
            Entry old = Entry.read(raw);
            boolean losesName = name.isPresent() && name.equals(old.name());
            boolean staysForItsName = sparesNamed && old.name().isPresent() && !losesName;
            if (old.digest().equals(digest.toString()) && !staysForItsName) {
                return Optional.empty();
            }
            return Optional.of(losesName ? withoutName(raw) : raw);
        }
    }

    private static String rewrite(String json, Change change) {
        StringWriter text = new StringWriter();
        try (JsonParser parser = JSON.createParser(json); JsonGenerator out = JSON.createGenerator(text)) {
            parser.nextToken();
            out.writeStartObject();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                out.writeFieldName(field);
                parser.nextToken();
                if (field.equals(MANIFESTS)) {
                    manifests(parser, out, change);
                } else {
                    out.copyCurrentStructureExact(parser);
                }
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("what was parsed before can be read", e);
        }
        return text.toString();
    }

    private static void manifests(JsonParser parser, JsonGenerator out, Change change) throws IOException {
        out.writeStartArray();
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                Optional<String> kept = change.apply(raw(parser));
                if (kept.isPresent()) {
                    out.writeRawValue(kept.get());
                }
            }
        }
        if (change.entry().isPresent()) {
            out.writeRawValue(change.entry().get().toJson());
        }
        out.writeEndArray();
    }

    private static String raw(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = JSON.createGenerator(text)) {
            copy.copyCurrentStructureExact(parser);
        }
        return text.toString();
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
                    out.copyCurrentEventExact(parser);
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
