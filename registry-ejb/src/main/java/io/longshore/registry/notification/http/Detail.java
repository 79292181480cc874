package io.longshore.registry.notification.http;

import io.longshore.registry.config.Secret;
import io.longshore.registry.notification.Endpoint;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** What of an attempt is worth telling, in one line, and without what the endpoint keeps secret. */
final class Detail {
    static final int LONGEST = 1000;

    /** Shorter ones would blot out words that have nothing to do with them. */
    private static final int SHORTEST_SECRET = 4;
    /** Parts of addresses often are common words. */
    private static final int SHORTEST_PART = 8;

    private final List<String> secrets;

    /** @param endpoint whose headers, secrets, path and query, and password of the proxy are not told */
    Detail(Endpoint endpoint) {
        Stream<String> headers =
                endpoint.headers().values().stream().flatMap(List::stream).map(Secret::reveal).flatMap(Detail::parts);
        Stream<String> keys = endpoint.secrets().stream().map(Secret::reveal);
        Stream<String> proxy = endpoint.route().proxy().map(URI::getUserInfo).stream().flatMap(Detail::password);
        this.secrets = Stream.of(headers, keys, proxy, address(endpoint.url()))
                .flatMap(part -> part)
                .map(String::strip)
                .filter(part -> part.length() >= SHORTEST_SECRET)
                .distinct()
                // the longest first: one may be part of another
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    /** {@code Bearer abc} is a secret, and so is {@code abc}. */
    private static Stream<String> parts(String value) {
        int space = value.strip().lastIndexOf(' ');
        return space < 0 ? Stream.of(value) : Stream.of(value, value.strip().substring(space + 1));
    }

    /** All behind the host, as it is written and as it is meant: many receivers say what it is that they do not know. */
    private static Stream<String> address(URI url) {
        Stream<String> whole = Stream.of(url.getRawPath() + '?' + url.getRawQuery(), url.getPath() + '?' + url.getQuery());
        Stream<String> parts = Stream.of(url.getRawPath(), url.getPath(), url.getRawQuery(), url.getQuery())
                .filter(Objects::nonNull)
                .flatMap(text -> Stream.concat(
                        Stream.of(text),
                        Stream.of(text.split("[/&=]")).filter(part -> part.length() >= SHORTEST_PART)));
        return Stream.concat(whole, parts);
    }

    private static Stream<String> password(String userInfo) {
        int colon = userInfo.indexOf(':');
        return colon < 0 ? Stream.empty() : Stream.of(userInfo, userInfo.substring(colon + 1));
    }

    /** The beginning of a reply's body. Receivers may well repeat what they were sent. */
    String of(Reply reply) {
        String text = masked(reply.text());
        return line(reply.isWhole() ? text : withoutHalfSecret(text));
    }

    /** What was cut off may be the end of a secret that the text ends in the middle of. */
    private String withoutHalfSecret(String text) {
        for (int from = 0; from < text.length(); from++) {
            String end = text.substring(from);
            if (secrets.stream().anyMatch(secret -> secret.startsWith(end))) {
                return text.substring(0, from);
            }
        }
        return text;
    }

    /** Why there was no reply. Tells no address, which may be internal, and no URL, which may be secret. */
    String of(Throwable failure) {
        if (failure instanceof PermittedAddresses.NotPermitted || failure instanceof IllegalArgumentException) {
            return line(masked(failure.getMessage()));
        }
        if (failure instanceof SSLException) {
            return line(masked("TLS failed: " + innermost(failure)));
        }
        if (failure instanceof Reply.FromProxy refusal) {
            return "the proxy does not connect, its status is " + refusal.status();
        }
        return reason(failure);
    }

    private static String reason(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return "the host is not known";
        }
        if (failure instanceof SocketTimeoutException) {
            return "no connection in time";
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return "no connection: it is refused, or there is no way to the host";
        }
        if (failure instanceof MessageConstraintException || failure instanceof HttpException
                && !(failure.getCause() instanceof SocketException)) {
            return "the reply is not one of HTTP, or its header is too long";
        }
        if (failure instanceof ConnectionClosedException || failure instanceof NoHttpResponseException
                || failure instanceof SocketException) {
            return "the connection was closed before the end of the reply";
        }
        return "the request failed (" + failure.getClass().getSimpleName() + ")";
    }

    /** What certificates lack is said by the innermost cause alone. */
    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private String masked(String text) {
        String told = text;
        for (String secret : secrets) {
            told = told.replace(secret, "***");
        }
        return told;
    }

    private static String line(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> {
            if (line.length() + Character.charCount(c) <= LONGEST) {
                line.appendCodePoint(isWorthTelling(c) ? c : ' ');
            }
        });
        return line.toString().strip();
    }

    private static boolean isWorthTelling(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
