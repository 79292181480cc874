package io.longshore.registry.notification.http;

import io.longshore.registry.config.Secret;
import io.longshore.registry.notification.Event;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a receiver knows who sent a request, and that nothing was changed: the headers of Standard Webhooks 1.0, with its
 * symmetric signatures.
 *
 * <p>A secret is written {@code whsec_} and 24 to 64 bytes in Base64, or is any other text of at least 24 bytes, whose
 * UTF-8 is the key.
 */
public final class Signature {
    /** Names what is sent; the same on every attempt. */
    public static final String ID = "webhook-id";
    /** When it was attempted, in seconds since 1970. */
    public static final String TIMESTAMP = "webhook-timestamp";
    /** One signature for each secret, separated by spaces. */
    public static final String SIGNATURE = "webhook-signature";

    private static final String PREFIX = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * Whether a secret can be used.
     *
     * @throws IllegalArgumentException if not; the message says what was expected, and nothing of the secret
     */
    public static void check(Secret secret) {
        key(secret);
    }

    /** A new secret: {@code whsec_} and 32 bytes. */
    public static Secret secret(SecureRandom random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return Secret.of(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /**
     * What names these events together: the id of the event if it is one, else an id that is the same for the same
     * events in the same order.
     */
    public static String id(List<Event> events) {
        if (events.size() == 1) {
            return events.get(0).id().toString();
        }
        ByteBuffer ids = ByteBuffer.allocate(events.size() * 16);
        for (Event event : events) {
            ids.putLong(event.id().getMostSignificantBits()).putLong(event.id().getLeastSignificantBits());
        }
        return named(ids.array()).toString();
    }

    /** A UUID of version 8 (RFC 9562, 5.8): the beginning of a hash. */
    private static UUID named(byte[] name) {
        try {
            ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name));
            long most = hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x8000L;
            long least = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
            return new UUID(most, least);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /**
     * The headers of an attempt, by their names in lower case. Without secrets there is no signature, but an id and a
     * time.
     *
     * @param secrets the newest first
     * @param id without a {@code .}
     * @throws IllegalArgumentException if a secret cannot be used
     */
    public static Map<String, String> headers(List<Secret> secrets, String id, Instant at, byte[] body) {
        String seconds = Long.toString(at.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ID, id);
        headers.put(TIMESTAMP, seconds);
        if (!secrets.isEmpty()) {
            headers.put(SIGNATURE, secrets.stream()
                    .map(secret -> "v1," + sign(key(secret), id + '.' + seconds + '.', body))
                    .collect(Collectors.joining(" ")));
        }
        return headers;
    }

    private static String sign(byte[] key, String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, e);
        }
    }

    private static byte[] key(Secret secret) {
        String text = secret.reveal();
        byte[] key = text.startsWith(PREFIX)
                ? decoded(text.substring(PREFIX.length()))
                : text.getBytes(StandardCharsets.UTF_8);
        if (key.length < LEAST_BYTES || text.startsWith(PREFIX) && key.length > MOST_BYTES) {
            throw unusable();
        }
        return key;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Its message quotes what it could not read.
            throw unusable();
        }
    }

    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException("expected a secret of " + PREFIX + " and " + LEAST_BYTES + " to "
                + MOST_BYTES + " bytes in Base64, or a text of at least " + LEAST_BYTES + " bytes");
    }
}
