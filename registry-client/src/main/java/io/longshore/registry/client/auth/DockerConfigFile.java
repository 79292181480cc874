package io.longshore.registry.client.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a file of Docker's says about logins. Immutable.
 *
 * @param logins by the key that the file has them under, or the host in it
 * @param helpers names of stores, by host
 * @param store the store of all hosts that have none of their own
 */
record DockerConfigFile(Map<String, Credentials> logins, Map<String, String> helpers, Optional<String> store) {
    static final DockerConfigFile EMPTY = new DockerConfigFile(Map.of(), Map.of(), Optional.empty());

    private static final JsonFactory JSON = new JsonFactory();

    /** @throws IOException if the file cannot be read, or is none of these; says where, and nothing of what is in it */
    static DockerConfigFile read(Path file) throws IOException {
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            return new Reader(parser).read();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // Their messages have parts of the text.
            throw new IOException("cannot make out the logins in " + file + ": it is not JSON as Docker writes it");
        }
    }

    /** Old files have URLs, such as {@code https://registry.example/v2/}; what names a part of a registry is no host. */
    static String host(String key) {
        int scheme = key.indexOf("://");
        if (scheme < 0) {
            return key;
        }
        int from = scheme + 3;
        int slash = key.indexOf('/', from);
        return slash < 0 ? key.substring(from) : key.substring(from, slash);
    }

    private static final class Reader {
        private final JsonParser parser;
        private final Map<String, Credentials> logins = new HashMap<>();
        private final Map<String, String> helpers = new HashMap<>();
        private Optional<String> store = Optional.empty();

        private Reader(JsonParser parser) {
            this.parser = parser;
        }

        private DockerConfigFile read() throws IOException {
            parser.nextToken();
            object(name -> {
                switch (name) {
                    case "auths" -> object(this::login);
                    case "credHelpers" -> object(host -> string().ifPresent(helper -> helpers.put(host, helper)));
                    case "credsStore" -> store = string();
                    default -> parser.skipChildren();
                }
            });
            return new DockerConfigFile(logins, helpers, store);
        }

        private void login(String key) throws IOException {
            Map<String, String> fields = new HashMap<>();
            object(name -> {
                if (parser.currentToken().isScalarValue()) {
                    string().ifPresent(value -> fields.put(name, value));
                } else {
                    parser.skipChildren();
                }
            });
            credentials(fields).ifPresent(credentials -> {
                logins.put(key, credentials);
                logins.putIfAbsent(host(key), credentials);
            });
        }

        private static Optional<Credentials> credentials(Map<String, String> fields) {
            if (fields.containsKey("identitytoken")) {
                return Optional.of(Credentials.identityToken(fields.get("identitytoken")));
            }
            if (fields.containsKey("auth")) {
                String pair = new String(Base64.getDecoder().decode(fields.get("auth")), StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                if (colon > 0) {
                    // Some write the pair with zeros at its end.
                    return Optional.of(Credentials.password(
                            pair.substring(0, colon), pair.substring(colon + 1).replaceAll("\0+$", "")));
                }
            }
            if (fields.containsKey("username") && fields.containsKey("password")) {
                return Optional.of(Credentials.password(fields.get("username"), fields.get("password")));
            }
            return Optional.empty();
        }

        /** Those that are empty are as if they were not there. */
        private Optional<String> string() throws IOException {
            String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
            return Optional.of(text).filter(value -> !value.isEmpty());
        }

        private interface Field {
            void read(String name) throws IOException;
        }

        private void object(Field field) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("no object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                field.read(name);
            }
        }
    }
}
