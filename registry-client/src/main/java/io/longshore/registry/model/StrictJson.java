package io.longshore.registry.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One JSON object, read value by value and never built as a tree, so that what nobody asks for takes no memory. What
 * different parsers could understand differently is refused: names that occur twice, text that is not UTF-8, anything
 * after the object. Every failure is {@link ErrorCode#MANIFEST_INVALID} and says where: as a JSON pointer, or as line
 * and column if it is not JSON.
 *
 * <p>Each reading method begins at the first token of a value and ends at its last. Not thread-safe.
 */
final class StrictJson {
    private static final int MAX_DEPTH = 64;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    // Names of fields are the clients' choice: they must not fill a shared table. The length of strings is limited by
    // that of the manifest alone.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final String LIMITS = MAX_DEPTH + " levels of nesting, "
            + FACTORY.streamReadConstraints().getMaxNumberLength() + " digits of a number, "
            + FACTORY.streamReadConstraints().getMaxNameLength() + " characters of a name";

    /** Reads the value at hand. */
    @FunctionalInterface
    interface Value<T> {
        T read() throws IOException;
    }

    /** Reads the value of the field with this name. */
    @FunctionalInterface
    interface Field {
        void read(String name) throws IOException;
    }

    /** Reads a whole document, beginning at its first token. */
    @FunctionalInterface
    interface Document<T> {
        T read(StrictJson json) throws IOException;
    }

    private final JsonParser parser;

    private StrictJson(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Decodes before parsing, because a parser of bytes guesses UTF-16 and UTF-32, and lets pass some of what is not
     * UTF-8.
     *
     * @throws RegistryException.Invalid {@link ErrorCode#MANIFEST_INVALID}
     */
    static CharBuffer decode(byte[] bytes) {
        CharBuffer text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw invalid("the manifest is not UTF-8", "");
        }
        if (text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK) {
            throw invalid("the manifest begins with a byte order mark; send it without", "");
        }
        return text;
    }

    /**
     * Reads a text that holds one object and nothing else.
     *
     * @throws RegistryException.Invalid {@link ErrorCode#MANIFEST_INVALID}
     */
    static <T> T read(CharBuffer text, Document<T> document) {
        try (JsonParser parser = FACTORY.createParser(text.array(), text.arrayOffset(), text.remaining())) {
            try {
                return read(parser, document);
            } catch (StreamConstraintsException e) {
                throw syntaxError(parser, "exceeds a limit: " + LIMITS);
            } catch (JsonProcessingException e) {
                throw syntaxError(parser, "is not JSON: " + Quoted.of(e.getOriginalMessage()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does not fail", e);
        }
    }

    private static <T> T read(JsonParser parser, Document<T> document) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw syntaxError(parser, "is not a JSON object");
        }
        T result = document.read(new StrictJson(parser));
        if (parser.nextToken() != null) {
            throw syntaxError(parser, "goes on after the end of its JSON object");
        }
        return result;
    }

    private static RegistryException syntaxError(JsonParser parser, String message) {
        JsonLocation location = parser.currentLocation();
        String where = "line " + location.getLineNr() + ", column " + location.getColumnNr();
        return invalid("the manifest, read to " + where + ", " + message, where);
    }

    private static RegistryException invalid(String message, String detail) {
        return new RegistryException.Invalid(ErrorCode.MANIFEST_INVALID, message, detail);
    }

    /** That the value at hand, or the one just read, is not what it must be. */
    RegistryException invalid(String message) {
        String pointer = parser.getParsingContext().pathAsPointer().toString();
        String where = pointer.isEmpty() ? "" : " at " + Quoted.of(pointer);
        return invalid("the manifest is invalid" + where + ": " + message, Quoted.of(pointer));
    }

    /** Whether the value at hand is {@code null}, which is how some encoders write what is absent. */
    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    /** Visits the fields of an object; the visitor must read or skip each value. */
    void object(Field field) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalid("must be an object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            field.read(name);
        }
    }

    /** The items of an array; none if it is {@code null}. */
    <T> List<T> array(Value<T> item) throws IOException {
        if (isNull()) {
            return List.of();
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw invalid("must be an array");
        }
        List<T> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(item.read());
        }
        return items;
    }

    <T> Optional<T> optional(Value<T> value) throws IOException {
        return isNull() ? Optional.empty() : Optional.of(value.read());
    }

    /** A string that can be stored and shown: without NUL and without halves of characters. */
    String string() throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw invalid("must be a string");
        }
        return wellFormed(parser.getText());
    }

    /** Returns the text if it is fit for {@link #string()}. */
    String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw invalid("must not hold the character NUL");
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw invalid("must not hold half of a surrogate pair");
                }
                i++;
            }
        }
        return text;
    }

    /** A whole number of 64 bits, or empty if the value is anything else. */
    Optional<Long> integer() throws IOException {
        boolean fits = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        return fits ? Optional.of(parser.getLongValue()) : Optional.empty();
    }
}
