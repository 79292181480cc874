package io.longshore.registry.client.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Keeps logins as docker and podman do, and where {@link DockerConfig} finds them: in a file, or in the store that the
 * file names for the host or for all. Whatever else is in the file stays there. Not to be used by two at the same time:
 * one of two changes would be lost.
 */
public final class LoginFile {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String AUTHS = "auths";

    private final Path file;
    private final Function<String, CredentialStore> stores;

    private LoginFile(Path file, Function<String, CredentialStore> stores) {
        this.file = file;
        this.stores = stores;
    }

    /**
     * The file of the user that runs this program in which a login for the host counts: the first that has one already,
     * lest it hides the new one; else the one that {@code REGISTRY_AUTH_FILE} names, or Docker's.
     *
     * @throws IOException if one of them cannot be read
     */
    public static LoginFile ofUser(String host) throws IOException {
        List<Path> files = DockerConfig.filesOfUser();
        for (Path file : files) {
            if (of(file).has(host)) {
                return of(file);
            }
        }
        return of(files.get(files.size() - 1));
    }

    /** This file, which need not exist. */
    public static LoginFile of(Path file) {
        return of(file, CredentialStore::named);
    }

    static LoginFile of(Path file, Function<String, CredentialStore> stores) {
        return new LoginFile(file, stores);
    }

    private boolean has(String host) throws IOException {
        DockerConfigFile known = read();
        return DockerConfig.keys(host).stream().anyMatch(known.logins()::containsKey);
    }

    /**
     * Keeps a login, in place of any other for the host. In a file, whoever may read the file can read it: the owner.
     *
     * @return where it is kept now, for people: the file, or the program
     * @throws IOException if it cannot be kept; what was kept before stays
     */
    public String store(String host, Credentials credentials) throws IOException {
        Optional<String> store = store(host);
        if (store.isPresent()) {
            stores.apply(store.get()).store(key(host), credentials);
            return "docker-credential-" + store.get();
        }
        rewrite(host, Optional.of(credentials));
        return file.toString();
    }

    /**
     * Keeps no login for the host any more.
     *
     * @return whether there was one; unknown, and so taken for true, if a store keeps it
     */
    public boolean erase(String host) throws IOException {
        Optional<String> store = store(host);
        if (store.isPresent()) {
            stores.apply(store.get()).erase(key(host));
        }
        boolean isThere = has(host);
        if (isThere) {
            rewrite(host, Optional.empty());
        }
        return isThere || store.isPresent();
    }

    private Optional<String> store(String host) throws IOException {
        DockerConfigFile known = read();
        return DockerConfig.keys(host).stream()
                .filter(known.helpers()::containsKey)
                .map(known.helpers()::get)
                .findFirst()
                .or(known::store);
    }

    private static String key(String host) {
        return DockerConfig.keys(host).get(0);
    }

    private DockerConfigFile read() throws IOException {
        return Files.exists(file) ? DockerConfigFile.read(file) : DockerConfigFile.EMPTY;
    }

    private void rewrite(String host, Optional<Credentials> login) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        // Made for the owner alone.
        Path part = Files.createTempFile(target.getParent(), ".", ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                write(target, out, host, login);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (JsonProcessingException e) {
            // Its message has parts of the text.
            throw new IOException("cannot change the logins in " + file + ": it is not JSON as Docker writes it");
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void write(Path old, OutputStream out, String host, Optional<Credentials> login)
            throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter())) {
            json.writeStartObject();
            boolean isWritten = Files.exists(old) && copy(old, json, host, login);
            if (!isWritten && login.isPresent()) {
                json.writeObjectFieldStart(AUTHS);
                write(json, host, login.get());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
    }

    /** @return whether there were logins, among which the new one is now */
    private static boolean copy(Path old, JsonGenerator json, String host, Optional<Credentials> login)
            throws IOException {
        boolean isWritten = false;
        try (JsonParser parser = JSON.createParser(old.toFile())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                json.writeFieldName(parser.currentName());
                boolean areLogins = parser.currentName().equals(AUTHS);
                if (parser.nextToken() == JsonToken.START_OBJECT && areLogins) {
                    copyLogins(parser, json, host, login);
                    isWritten = true;
                } else {
                    json.copyCurrentStructureExact(parser);
                }
            }
        }
        return isWritten;
    }

    private static void copyLogins(JsonParser parser, JsonGenerator json, String host, Optional<Credentials> login)
            throws IOException {
        Set<String> replaced = Set.copyOf(DockerConfig.keys(host));
        json.writeStartObject();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            if (replaced.contains(key) || replaced.contains(DockerConfigFile.host(key))) {
                parser.skipChildren();
            } else {
                json.writeFieldName(key);
                json.copyCurrentStructureExact(parser);
            }
        }
        if (login.isPresent()) {
            write(json, host, login.get());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String host, Credentials login) throws IOException {
        json.writeObjectFieldStart(key(host));
        if (login.isIdentityToken()) {
            json.writeStringField("identitytoken", login.secret());
        } else {
            String pair = login.user() + ':' + login.secret();
            json.writeStringField(
                    "auth", Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        json.writeEndObject();
    }
}
