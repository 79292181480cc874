package io.longshore.registry.it.protocol;

import io.longshore.registry.it.protocol.StrangeRequest.Framing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Makes requests out of what is right, what is nearly right, and anything. */
final class StrangeRequests {
    private static final String HASH = "0123456789abcdef".repeat(4);

    private StrangeRequests() {}

    static Arbitrary<StrangeRequest> requests() {
        Arbitrary<List<String>> headers = headers().list().ofMaxSize(5);
        return Combinators.combine(methods(), targets(), headers, Arbitraries.of(Framing.class), bodies())
                .as(StrangeRequest::new);
    }

    private static Arbitrary<String> methods() {
        return Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.of("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE")),
                Tuple.of(2, Arbitraries.of("OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "PURGE", "*", "G\u00cbT")),
                Tuple.of(1, anyText(20)));
    }

    private static Arbitrary<String> targets() {
        Arbitrary<String> path = Combinators.combine(
                        Arbitraries.of(
                                "/v2/", "/v2/_catalog", "/v2/N/tags/list", "/v2/N/manifests/R", "/v2/N/blobs/R",
                                "/v2/N/blobs/uploads/", "/v2/N/blobs/uploads/R", "/v2/N/referrers/R", "/v2/N", "/v2",
                                "/",
                                "/error", "*", "http://registry.example/v2/N/manifests/R"),
                        names(),
                        references())
                .as((template, name, reference) -> template.replace("N", name).replace("R", reference));
        return Combinators.combine(path.flatMap(StrangeRequests::mutated), queries()).as((left, query) -> left + query);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just("{name}")),
                Tuple.of(4, Arbitraries.of(
                        "library/alpine", "a/blobs/uploads", "a/manifests/b", "tags/list", "blobs", "UPPER", "-a",
                        "a..b",
                        "a%2fb", "a%00b", "%ff", "%7Bname%7D", "a".repeat(256), "a/".repeat(200) + "a", "\u00e9",
                        "_catalog")),
                Tuple.of(1, anyText(40)));
    }

    private static Arbitrary<String> references() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of("{tag}", "{manifest}", "{blob}", "{upload}", "sha256:" + HASH)),
                Tuple.of(4, Arbitraries.of(
                        "latest", "sha256:" + HASH.substring(1), "sha256:" + HASH.toUpperCase(),
                        "sha512:" + HASH + HASH,
                        "md5:" + HASH.substring(32), "sha256:", ":", "sha256", "a".repeat(129), ".a", "a:b:c", "%3a",
                        "6e0d5a3e-2d0c-4d8e-9a55-4f7a5f7ad9a1", "6E0D5A3E-2D0C-4D8E-9A55-4F7A5F7AD9A1", "1-1-1-1-1")),
                Tuple.of(1, anyText(140)));
    }

    private static Arbitrary<String> queries() {
        Arbitrary<String> names = Arbitraries.of(
                "n", "last", "digest", "mount", "from", "tag", "artifactType", "digest-algorithm", "ns", "_state",
                "", "n%00");
        Arbitrary<String> values = Arbitraries.frequencyOf(
                Tuple.of(6, references()),
                Tuple.of(3, names()),
                Tuple.of(3, Arbitraries.of(
                        "", "0", "1", "-1", "99999999999999999999", "2147483647", "1e3", "sha256", "sha512", "sha1",
                        "%00", "%",
                        "%zz", "%c3%28", "a+b", "%F0%9F%98%80", "%ed%a0%80", "x".repeat(9000))));
        Arbitrary<String> parameter = Combinators.combine(names, values).as((name, value) -> name + "=" + value);
        Arbitrary<String> wellFormed =
                parameter.list().ofMinSize(1).ofMaxSize(4).map(parameters -> "?" + String.join("&", parameters));
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just("")),
                Tuple.of(6, wellFormed),
                Tuple.of(1, wellFormed.flatMap(StrangeRequests::mutated)),
                Tuple.of(1, anyText(60).map(text -> "?" + text)));
    }

    private static Arbitrary<String> headers() {
        Arbitrary<String> names = Arbitraries.of(
                "Content-Type", "Content-Range", "Range", "If-None-Match", "If-Match", "If-Range", "If-Modified-Since",
                "Accept", "Accept-Encoding", "Content-Encoding", "Expect", "Authorization", "Cookie", "Forwarded",
                "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-HTTP-Method-Override", "Connection",
                "Upgrade", "TE", "Trailer", "Docker-Content-Digest", "OCI-Subject", "X-\u00e9", "Host");
        Arbitrary<String> values = Arbitraries.frequencyOf(
                Tuple.of(3, references()),
                Tuple.of(6, Arbitraries.of(
                        "", "*/*", "*", "0-9", "bytes 0-9/10", "bytes=0-9", "bytes=-5", "bytes=5-", "bytes=9-0",
                        "bytes=0-0,2-3,5-", "bytes=99999999999999999999-", "bytes=-0", "bytes=a-b", "items=0-1",
                        "application/vnd.oci.image.manifest.v1+json", "application/json; charset=\"", "text/html",
                        "a/b/c",
                        "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "gzip", "identity",
                        "100-continue", "200-ok", "close", "keep-alive, X-A", "upgrade", "h2c", "websocket", "\"x\"",
                        "W/\"x\"",
                        "for=1.2.3.4;host=\"[::1\";proto=http", "https", "evil.example/\r", "-1", "Basic \u00ff",
                        "a=b; a=c",
                        "Tue, 99 Foo 2026 99:99:99 GMT", "x".repeat(9000))),
                Tuple.of(1, anyText(60)));
        return Combinators.combine(names, values).as((name, value) -> name + ": " + value);
    }

    private static Arbitrary<byte[]> bodies() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(new byte[0])),
                Tuple.of(2, Arbitraries.bytes().array(byte[].class).ofMaxSize(2000)),
                Tuple.of(2, StrangeManifests.texts().map(text -> text.getBytes(StandardCharsets.UTF_8))));
    }

    /** The text with something strange in it, now and then. */
    private static Arbitrary<String> mutated(String text) {
        List<String> pieces = List.of(
                "%00", "%", "%2", "%zz", "%c3%28", "/..", "/../", "/./", "//", "/", ";a=b", "\\", "?", "#",
                "%2e%2e/", "%2f", "%5c",
                " ", "\t", "\u00ff", "\r\n", "%F0%9F%98%80", "%0d%0aX-A:%20b", "|", "{", "\"", "'", "&", "=", "+",
                "~", "A");
        Arbitrary<Integer> positions = Arbitraries.integers().between(0, text.length());
        Arbitrary<String> inserted = Combinators.combine(positions, Arbitraries.of(pieces))
                .as((at, piece) -> text.substring(0, at) + piece + text.substring(at));
        Arbitrary<String> cut = positions.map(end -> text.substring(0, end));
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(text)),
                Tuple.of(3, inserted),
                Tuple.of(1, inserted.flatMap(StrangeRequests::mutated)),
                Tuple.of(1, cut));
    }

    private static Arbitrary<String> anyText(int mostCharacters) {
        return Arbitraries.strings().withCharRange('\u0001', '\u00ff').ofMaxLength(mostCharacters);
    }
}
