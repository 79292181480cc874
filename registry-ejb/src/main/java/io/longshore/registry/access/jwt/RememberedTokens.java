package io.longshore.registry.access.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tokens that were believed a moment ago, so that a pull does not verify a signature for each of its requests. Holds
 * their hashes, and no more than so many. Thread-safe.
 */
final class RememberedTokens {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long MOST_CHARACTERS = 8 << 20;

    private record Entry(JwtClaims claims, Instant until, int length) {}

    private final Cache<ByteBuffer, Entry> entries = Caffeine.newBuilder()
            .maximumWeight(MOST_CHARACTERS)
            .weigher((ByteBuffer hash, Entry entry) -> entry.length())
            .expireAfterWrite(LONGEST)
            .build();

    /** {@code end} is when the token ceases to be believed. */
    void put(String token, JwtClaims claims, Instant now, Instant end) {
        Instant longest = now.plus(LONGEST);
        entries.put(hash(token), new Entry(claims, end.isBefore(longest) ? end : longest, token.length()));
    }

    Optional<JwtClaims> find(String token, Instant now) {
        return Optional.ofNullable(entries.getIfPresent(hash(token)))
                .filter(entry -> now.isBefore(entry.until()))
                .map(Entry::claims);
    }

    private static ByteBuffer hash(String token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
