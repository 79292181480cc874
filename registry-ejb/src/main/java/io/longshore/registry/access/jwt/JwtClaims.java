package io.longshore.registry.access.jwt;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a token says that is to be believed. Immutable; prints nothing of it. */
public final class JwtClaims {
    private final Map<String, Object> claims;
    private final Instant expiry;

    JwtClaims(Map<String, Object> claims, Instant expiry) {
        this.claims = claims;
        this.expiry = expiry;
    }

    /** From when on it is not to be believed any more, without the leeway. */
    public Instant expiry() {
        return expiry;
    }

    /** The {@code sub}; empty if there is none, or one that is no text. */
    public Optional<String> subject() {
        return text("sub");
    }

    /** A claim that is a text; empty if there is none, or one that is something else. */
    public Optional<String> text(String name) {
        return value(name).filter(String.class::isInstance).map(String.class::cast);
    }

    /** Of a claim that is a list, those items that are texts; of one that is a text, this; else nothing. */
    public List<String> texts(String name) {
        return texts(claims.get(name));
    }

    /** As of a claim that holds this. */
    public static List<String> texts(Object value) {
        List<?> items = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        return items.stream().filter(String.class::isInstance).map(String.class::cast).toList();
    }

    /** A claim as JSON has it: {@code String}, {@code Number}, {@code Boolean}, {@code List} or {@code Map}. */
    public Optional<Object> value(String name) {
        return Optional.ofNullable(claims.get(name));
    }

    @Override
    public String toString() {
        return "JwtClaims[expiry=" + expiry + "]";
    }
}
