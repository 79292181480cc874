package io.longshore.registry.web.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the bodies of requests, and takes nothing for what it is not. JSON Binding, which writes those of replies, is
 * too obliging for that: of {@code "disabled": "yes"} it makes false, and it takes no notice of names that occur twice
 * and of what comes after the object. Thread-safe.
 */
final class JsonReader implements MessageBodyReader<JsonBody> {
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_DEPTH = 16;
    /** One that is not whole, or too large; no request has any. */
    private static final Object NUMBER = new Object();

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
            .build();

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == JsonBody.class;
    }

    /**
     * @throws RegistryException.Refused {@link RegistryException.Kind#TOO_LARGE}
     * @throws RegistryException.Invalid if it is not one JSON object in UTF-8 in which every name occurs once
     */
    @Override
    public JsonBody readFrom(
            Class<JsonBody> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new RegistryException.Refused(
                    RegistryException.Kind.TOO_LARGE,
                    ErrorCode.SIZE_INVALID,
                    "the body of a request has at most " + MOST_BYTES + " bytes",
                    "");
        }
        return new JsonBody(parse(decoded(bytes)));
    }

    private static Map<String, Object> parse(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refused("expected a JSON object");
            }
            Map<String, Object> object = object(parser);
            if (parser.nextToken() != null) {
                throw refused("expected nothing behind the JSON object");
            }
            return object;
        } catch (JsonProcessingException e) {
            throw refused("expected a JSON object, not too deep, in which every name occurs once" + place(e));
        }
    }

    /** Not the message of the parser, which shows what it read: that may be a password. */
    private static String place(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null ? "" : "; look at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? NUMBER : (Object) parser.getLongValue();
            default -> NUMBER;
        };
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw refused("expected UTF-8");
        }
    }

    private static RegistryException refused(String message) {
        return new RegistryException.Invalid(ErrorCode.UNSUPPORTED, "the body of the request: " + message, "");
    }
}
