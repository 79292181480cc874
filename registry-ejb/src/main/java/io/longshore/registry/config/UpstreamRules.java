package io.longshore.registry.config;

import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What may be said of an upstream, wherever it is said. Each method throws an {@link IllegalArgumentException} whose
 * message says what was expected, and shows no secret.
 */
public final class UpstreamRules {
    /** How long a tag is taken for what it was found to be, where nothing is said of it. */
    public static final Duration TAG_LIFETIME = Duration.ofMinutes(1);

    /** How long content is kept that nobody pulls, where nothing is said of it: as in distribution. */
    public static final Duration UNUSED = Duration.ofHours(168);

    /** How many connections there may be at once, where nothing is said of it. */
    public static final int CONNECTIONS = 64;

    private static final Duration LONGEST = Duration.ofHours(876_000);
    private static final int MOST_CONNECTIONS = 1000;
    private static final int MOST_REQUESTS = 100_000;

    private UpstreamRules() {}

    /** Letters and digits in lower case, with dots, dashes and underscores between them. */
    public static String name(String text) {
        Types.require(text.matches("[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?"),
                "expected 1 to 63 lower-case letters and digits, with dots, dashes and underscores between them");
        return text;
    }

    /** An address of HTTP or HTTPS, with a host and perhaps a port alone. */
    public static URI url(String text) {
        return Types.httpUrl(text);
    }

    /** A name of a user: without a colon, which cannot be sent. */
    public static String user(String text) {
        boolean printable = text.codePoints().noneMatch(Character::isISOControl);
        Types.require(printable && !text.isEmpty() && text.indexOf(':') < 0,
                "expected the name of a user, without colons and control characters");
        return text;
    }

    /** What repositories can be called, or nothing. */
    public static String prefix(String text) {
        try {
            return text.isEmpty() ? text : RepositoryName.parse(text).value();
        } catch (RegistryException.Invalid e) {
            throw new IllegalArgumentException("expected what a repository may be called, such as docker-hub", e);
        }
    }

    /** Hosts, each perhaps with a port, in lower case. */
    public static Set<String> namespaces(Collection<String> texts) {
        Set<String> namespaces = new TreeSet<>();
        for (String text : texts) {
            String lower = text.toLowerCase(Locale.ROOT);
            Types.require(lower.matches("(?:[a-z0-9.-]{1,253}|\\[[0-9a-f:.]{2,45}])(?::[0-9]{1,5})?"),
                    "expected hosts such as docker.io, perhaps with a port");
            namespaces.add(lower);
        }
        return namespaces;
    }

    /** Patterns, at least one. */
    public static List<RepositoryPattern> repositories(Collection<String> texts) {
        return EndpointRules.repositories(texts);
    }

    /** Such as {@code 5m}; zero to ask each time. */
    public static Duration tagLifetime(String text) {
        return parsed(Types.duration(Duration.ZERO, Duration.ofHours(8_760)), text);
    }

    /** Such as {@code 168h}; empty for never, which is 0. */
    public static Optional<Duration> unused(String text) {
        return Optional.of(parsed(Types.durationOrZero(Duration.ofMinutes(1), LONGEST), text))
                .filter(time -> !time.isZero());
    }

    /** Such as {@code 100GiB}. */
    public static DataSize size(String text) {
        return parsed(Types.size(DataSize.ofMiB(1), DataSize.ofMiB(1L << 30)), text);
    }

    /** How many there may be at once. */
    public static int connections(String text) {
        return parsed(Types.number(1, MOST_CONNECTIONS), text);
    }

    /** How many requests there may be in a second. */
    public static OptionalInt requestsPerSecond(String text) {
        return OptionalInt.of(parsed(Types.number(1, MOST_REQUESTS), text));
    }

    /** At least one certificate in PEM. */
    public static String authorities(String pem) {
        return EndpointRules.authorities(pem);
    }

    /** A certificate, which may be followed by those that lead to its authority, and its key, both in PEM. */
    public static UpstreamConfig.Identity identity(String certificates, Secret key) {
        UpstreamConfig.Identity identity = new UpstreamConfig.Identity(certificates, key);
        identity.store();
        return identity;
    }

    private static <T> T parsed(ValueType<T> type, String text) {
        return type.parse(new Value.Text(text, Source.DEFAULT));
    }
}
