package io.longshore.registry.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever is shown, the answer is that it is not believed. */
class JwtFuzzTest {
    private static final Issuer KEY = Issuer.ec("ec");
    private static final String TOKEN = KEY.sign(Issuer.claims());

    private final JwtVerifier verifier = new JwtVerifier(
            Issuer.rules(Issuer.NAME, Set.of(Issuer.AUDIENCE)),
            Issuer.trusting(KEY),
            new TestClock(Issuer.NOW));

    private boolean believes(String token) throws IOException {
        return verifier.verify(token).isPresent();
    }

    @Property
    void anyText(@ForAll String text) throws IOException {
        assertThat(believes(text)).isFalse();
    }

    @Property
    void anyBytesInThreeParts(@ForAll byte[] header, @ForAll byte[] claims, @ForAll byte[] signature)
            throws IOException {
        assertThat(believes(String.join(".",
                Base64URL.encode(header).toString(),
                Base64URL.encode(claims).toString(),
                Base64URL.encode(signature).toString()))).isFalse();
    }

    /** The last letter is left out, for some of its bits mean nothing. */
    @Property
    void tokenWithAnotherLetter(@ForAll @IntRange(max = 100_000) int place, @ForAll char letter) throws IOException {
        int at = place % (TOKEN.length() - 1);
        String changed = TOKEN.substring(0, at) + letter + TOKEN.substring(at + 1);

        assertThat(believes(changed)).isEqualTo(changed.equals(TOKEN));
    }

    @Provide
    static Arbitrary<String> headers() {
        Arbitrary<String> values = Arbitraries.of(
                "null", "true", "0", "-1", "1e999", "\"\"", "\"ES256\"", "\"RS256\"", "\"HS256\"", "\"none\"", "[]",
                "{}", "[null]", "[\"ES256\"]", "{\"kty\":\"EC\"}", "{\"kty\":\"oct\",\"k\":\"AA\"}", "\"\\ud800\"",
                "\"http://[\"", "\"AAAA\"", "[\"AAAA\", 1]", "{\"a\":{\"a\":{}}}");
        Arbitrary<String> names = Arbitraries.of(
                "alg", "typ", "cty", "kid", "jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64", "enc", "zip",
                "iss", "nonce", "p2c", "epk", "", "\\u0061lg");
        Arbitrary<String> members =
                Combinators.combine(names, values).as((name, value) -> "\"" + name + "\":" + value);
        return members.list().ofMaxSize(5).map(list -> "{" + String.join(",", list) + "}");
    }

    @Property
    void anyHeaderOfAnotherSignature(@ForAll("headers") String header) throws IOException {
        List<String> parts = List.of(TOKEN.split("\\."));

        assertThat(believes(Base64URL.encode(header) + "." + parts.get(1) + "." + parts.get(2))).isFalse();
    }
}
