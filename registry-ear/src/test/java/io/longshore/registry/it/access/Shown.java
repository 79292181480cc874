package io.longshore.registry.it.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** What these tests show to servers, and remember, so that it can be looked for in logs. */
final class Shown {
    /** Shorter ones could be part of anything. */
    private static final int SHORTEST = 12;
    private static final Set<String> SECRETS = new ConcurrentSkipListSet<>();

    private Shown() {}

    /** The value of {@code Authorization} with name and password. */
    static String basic(String user, String password) {
        secret(password);
        byte[] pair = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + secret(Base64.getEncoder().encodeToString(pair));
    }

    /** The value of {@code Authorization} with a token. */
    static String bearer(String token) {
        return "Bearer " + secret(token);
    }

    /** Remembers something that belongs in no log, and returns it. */
    static String secret(String text) {
        if (text.length() >= SHORTEST) {
            SECRETS.add(text);
        }
        return text;
    }

    /** What of all that was ever shown stands in this text. */
    static Set<String> in(String text) {
        Set<String> found = new TreeSet<>();
        SECRETS.stream().filter(text::contains).forEach(found::add);
        return found;
    }
}
