package io.longshore.registry.config;

import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may be said of an endpoint of webhooks, wherever it is said. Each method throws an
 * {@link IllegalArgumentException} whose message says what was expected, and shows neither secrets nor addresses.
 */
public final class EndpointRules {
    private static final int LONGEST_NAME = 128;
    private static final String ENCODED = "whsec_";
    private static final int LEAST_SECRET = 24;
    private static final int MOST_SECRET_BYTES = 64;
    private static final int MOST_SECRETS = 2;
    private static final int LONGEST_MEDIA_TYPE = 255;
    private static final int MOST_BATCH = 1000;
    private static final Duration DAY = Duration.ofHours(24);

    /** Beside those of the framing: what the request is about, and its signature. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "content-type", "content-encoding", "expect", "host", "proxy-authorization", "proxy-connection", "te");

    private static final String SIGNATURE_HEADERS = "webhook-";

    private static final String ACTIONS = Stream.concat(
                    Stream.of("push", "pull", "mount", "delete"),
                    Arrays.stream(EventAction.values())
                            .filter(action -> action != EventAction.PING)
                            .map(EventAction::word))
            .collect(Collectors.joining(", "));

    private EndpointRules() {}

    /** 1 to 128 characters, none of them control characters, no space at the ends. */
    public static String name(String text) {
        boolean printable = text.codePoints().noneMatch(Character::isISOControl);
        Types.require(printable && !text.isEmpty() && text.length() <= LONGEST_NAME && text.equals(text.strip()),
                "expected 1 to " + LONGEST_NAME + " characters, no control characters, and no space at the ends");
        return text;
    }

    /** An absolute address of HTTP or HTTPS, without user, password and fragment. */
    public static URI url(String text) {
        URI url = parse(text);
        Types.require(url.getRawUserInfo() == null,
                "expected no user and password; they can be sent in headers: {Authorization: [Basic …]}");
        return url;
    }

    private static URI parse(String text) {
        String expected = "expected https:// or http:// with a host, and perhaps a port, a path and a query";
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            // Without its cause, which shows the address.
            throw new IllegalArgumentException(expected);
        }
        Types.require(url.getScheme() != null && url.getScheme().matches("(?i)https?"), expected);
        Types.require(url.getHost() != null && url.getPort() <= 65535 && url.getRawFragment() == null, expected);
        return url;
    }

    /** An address of HTTP, with a host and perhaps a port alone. */
    public static URI proxy(String text) {
        URI proxy = parse(text);
        boolean bare = Set.of("", "/").contains(proxy.getRawPath())
                && proxy.getRawQuery() == null
                && proxy.getRawUserInfo() == null;
        Types.require(bare && proxy.getScheme().equalsIgnoreCase("http"),
                "expected http:// with a host and perhaps a port, and nothing behind them");
        return URI.create("http://" + proxy.getRawAuthority());
    }

    /** Names, each with its values, without those that the registry sets itself. */
    public static Map<String, List<Secret>> headers(Map<String, List<String>> texts) {
        Types.requireHeaders(texts);
        Map<String, List<Secret>> headers = new LinkedHashMap<>();
        texts.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean own = Types.isFraming(name) || OWN_HEADERS.contains(lower) || lower.startsWith(SIGNATURE_HEADERS);
            Types.require(!own, name + " is set by the registry alone");
            headers.put(name, values.stream().map(Secret::of).toList());
        });
        return headers;
    }

    /** All that these words of ours and of distribution stand for; {@code ping} is none. The set is the caller's. */
    public static Set<EventAction> actions(Collection<String> words) {
        Set<EventAction> actions = EnumSet.noneOf(EventAction.class);
        for (String word : words) {
            Set<EventAction> named = EventAction.named(word);
            Types.require(!named.isEmpty() && !named.contains(EventAction.PING),
                    "expected " + ACTIONS + ", not \"" + Problems.quoted(word) + "\"");
            actions.addAll(named);
        }
        return actions;
    }

    /**
     * Keys of signatures, the newest first: at most two, each {@code whsec_} with 24 to 64 bytes in base64, or at least
     * 24 characters of text.
     */
    public static List<Secret> secrets(List<String> texts) {
        Types.require(texts.size() <= MOST_SECRETS, "expected at most " + MOST_SECRETS + " secrets, the newest first");
        texts.forEach(text -> Types.require(isSecret(text), "expected " + ENCODED + " with " + LEAST_SECRET + " to "
                + MOST_SECRET_BYTES + " bytes in base64, or a text of at least " + LEAST_SECRET + " characters"));
        return texts.stream().map(Secret::of).toList();
    }

    private static boolean isSecret(String text) {
        if (!text.startsWith(ENCODED)) {
            return text.length() >= LEAST_SECRET;
        }
        try {
            int length = Base64.getDecoder().decode(text.substring(ENCODED.length())).length;
            return length >= LEAST_SECRET && length <= MOST_SECRET_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** As it is written, in whatever case. */
    public static EndpointConfig.Format format(String text) {
        return parsed(Types.choice(EndpointConfig.Format.class), text);
    }

    /** Of what is not told; 1 to 255 characters each, none of them control characters. */
    public static Set<String> mediaTypes(Collection<String> texts) {
        for (String text : texts) {
            boolean printable = text.codePoints().noneMatch(Character::isISOControl);
            Types.require(printable && !text.isEmpty() && text.length() <= LONGEST_MEDIA_TYPE,
                    "expected media types such as application/json");
        }
        return Set.copyOf(texts);
    }

    /** Patterns, at least one. */
    public static List<RepositoryPattern> repositories(Collection<String> texts) {
        String expected = "expected patterns of repositories such as team/**";
        Types.require(!texts.isEmpty(), expected);
        try {
            return texts.stream().map(RepositoryPattern::parse).toList();
        } catch (RegistryException.Invalid e) {
            throw new IllegalArgumentException(expected, e);
        }
    }

    /** Such as {@code 500ms}; for a whole request. */
    public static Duration timeout(String text) {
        return duration(text, Duration.ofMillis(1), Duration.ofMinutes(5));
    }

    /** Such as {@code 1m}: the shortest wait after a failure, or the longest. */
    public static Duration backoff(String text) {
        return duration(text, Duration.ofMillis(1), DAY);
    }

    /** Such as {@code 72h}: how long is tried. */
    public static Duration giveUp(String text) {
        return duration(text, Duration.ofSeconds(1), Duration.ofHours(8_760));
    }

    private static Duration duration(String text, Duration least, Duration most) {
        return parsed(Types.duration(least, most), text);
    }

    /**
     * The longest wait.
     *
     * @param given empty for the usual one, or the shortest if that is longer: it is meant, and not to be said twice
     */
    public static Duration longestBackoff(Optional<Duration> given, Duration backoff) {
        Duration standard = EndpointConfig.Pace.STANDARD.longest();
        Duration longest = given.orElse(backoff.compareTo(standard) > 0 ? backoff : standard);
        Types.require(longest.compareTo(backoff) >= 0,
                "expected at least the backoff, " + GoDuration.format(backoff));
        return longest;
    }

    /** How many failures there are to be before an endpoint is left alone. */
    public static int threshold(String text) {
        return parsed(Types.number(1), text);
    }

    /** The most events in one request. */
    public static int batchSize(String text) {
        return parsed(Types.number(1, MOST_BATCH), text);
    }

    private static <T> T parsed(ValueType<T> type, String text) {
        return type.parse(new Value.Text(text, Source.DEFAULT));
    }

    /** At least one certificate in PEM. */
    public static String authorities(String pem) {
        boolean some;
        try {
            some = !CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
        } catch (CertificateException e) {
            some = false;
        }
        Types.require(some, "expected certificates in PEM");
        return pem;
    }
}
