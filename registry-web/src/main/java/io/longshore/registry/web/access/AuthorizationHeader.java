package io.longshore.registry.web.access;

import io.longshore.registry.access.Credentials;
import io.longshore.registry.config.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Reads the header {@code Authorization} (RFC 9110, section 11.6.2). */
sealed interface AuthorizationHeader {

    /** None, or one that shows neither name nor password, as some clients send it where they have none. */
    record None() implements AuthorizationHeader {}

    /** Name and password (RFC 7617). */
    record Basic(Credentials.Password credentials) implements AuthorizationHeader {}

    /** A token (RFC 6750). */
    record Bearer(Secret token) implements AuthorizationHeader {}

    /** Of a scheme that is not spoken here, or not as the scheme has it. */
    record Unusable() implements AuthorizationHeader {}

    /** @param header null if there is none */
    static AuthorizationHeader parse(String header) {
        if (header == null) {
            return new None();
        }
        String text = header.strip();
        int space = text.indexOf(' ');
        String scheme = space < 0 ? text : text.substring(0, space);
        String rest = space < 0 ? "" : text.substring(space).strip();
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "basic" -> basic(rest);
            case "bearer" -> rest.isEmpty() ? new Unusable() : new Bearer(Secret.of(rest));
            default -> new Unusable();
        };
    }

    private static AuthorizationHeader basic(String encoded) {
        Optional<String> pair = decoded(encoded);
        int colon = pair.map(text -> text.indexOf(':')).orElse(-1);
        if (colon < 0) {
            return new Unusable();
        }
        String user = pair.get().substring(0, colon);
        String password = pair.get().substring(colon + 1);
        return user.isEmpty() && password.isEmpty()
                ? new None()
                : new Basic(new Credentials.Password(user, Secret.of(password)));
    }

    /** UTF-8, or ISO 8859-1 where it is not: older clients still send that. */
    private static Optional<String> decoded(String encoded) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }
}
