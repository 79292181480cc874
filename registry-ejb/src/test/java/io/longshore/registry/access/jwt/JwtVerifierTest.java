package io.longshore.registry.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jwk.Curve;
import io.longshore.registry.config.SigningAlgorithm;
import java.io.IOException;
import java.net.ConnectException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtVerifierTest {
    private static final Issuer RSA = Issuer.rsa("rsa");
    private static final Issuer EC = Issuer.ec("ec");
    private static final JwtRules RULES = Issuer.rules(Issuer.NAME, Set.of(Issuer.AUDIENCE, "other.example"));

    private final TestClock clock = new TestClock(Issuer.NOW);
    private final JwtVerifier verifier = new JwtVerifier(RULES, Issuer.trusting(RSA, EC), clock);

    private boolean believes(String token) throws IOException {
        return verifier.verify(token).isPresent();
    }

    private boolean believes(Map<String, Object> claims) throws IOException {
        return believes(EC.sign(claims));
    }

    @Test
    void believesWhatAnIssuerSigned() throws IOException {
        JwtClaims claims = verifier.verify(EC.sign(Issuer.claims("groups", List.of("dev", 1, "ops")))).orElseThrow();

        assertThat(claims.subject()).contains("alice");
        assertThat(claims.expiry()).isEqualTo(Issuer.NOW.plusSeconds(300));
        assertThat(claims.texts("groups")).containsExactly("dev", "ops");
        assertThat(claims.text("groups")).isEmpty();
        assertThat(claims.toString()).doesNotContain("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void believesEveryAlgorithmOfRsa(String algorithm) throws IOException {
        String token = RSA.sign(JWSAlgorithm.parse(algorithm), new Payload(Issuer.claims()), header -> header);

        assertThat(believes(token)).isTrue();
    }

    static List<Curve> curves() {
        return List.of(Curve.P_256, Curve.P_384, Curve.P_521);
    }

    @ParameterizedTest
    @MethodSource("curves")
    void believesEveryCurve(Curve curve) throws IOException {
        Issuer issuer = Issuer.ec("curve", curve);
        JwtVerifier verifier = new JwtVerifier(RULES, Issuer.trusting(issuer), clock);

        assertThat(verifier.verify(issuer.sign(Issuer.claims()))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EdDSA", "Ed25519"})
    void believesEd25519UnderBothItsNames(String algorithm) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String claims = new Payload(Issuer.claims()).toString();
        String content = base64("{\"alg\":\"" + algorithm + "\"}") + '.' + base64(claims);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(content.getBytes());
        byte[] signed = signature.sign();
        JwtVerifier verifier = new JwtVerifier(
                RULES, hint -> TrustedKey.of(pair.getPublic()).stream().toList(), clock);

        assertThat(verifier.verify(content + '.' + base64(signed))).isPresent();
        signed[5] ^= 1;
        assertThat(verifier.verify(content + '.' + base64(signed))).isEmpty();
        assertThat(verifier.verify(content + '.' + base64(Arrays.copyOf(signed, 63)))).isEmpty();
    }

    private static String base64(String text) {
        return base64(text.getBytes());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Test
    void algorithmThatIsNotAllowedIsRefused() throws IOException {
        JwtRules onlyRsa = new JwtRules(
                RULES.issuer(), RULES.audiences(), Set.of(SigningAlgorithm.RS256), RULES.types(), RULES.leeway());
        JwtVerifier verifier = new JwtVerifier(onlyRsa, Issuer.trusting(RSA, EC), clock);

        assertThat(verifier.verify(EC.sign(Issuer.claims()))).isEmpty();
        assertThat(verifier.verify(RSA.sign(Issuer.claims()))).isPresent();
    }

    @Test
    void keyIsTakenForItsOwnAlgorithmAlone() throws IOException {
        TrustedKey key = RSA.trusted().only(SigningAlgorithm.PS256).orElseThrow();
        JwtVerifier verifier = new JwtVerifier(RULES, hint -> List.of(key), clock);

        assertThat(verifier.verify(RSA.sign(Issuer.claims()))).isEmpty();
        assertThat(verifier.verify(RSA.sign(JWSAlgorithm.PS256, new Payload(Issuer.claims()), header -> header)))
                .isPresent();
        assertThat(RSA.trusted().only(SigningAlgorithm.ES256)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "https://issuer.example/auth/", "https://ISSUER.example/auth", " https://issuer.example/auth", "", "other"
    })
    void issuerMustBeTheSameToTheLetter(String issuer) throws IOException {
        assertThat(believes(Issuer.claims("iss", issuer))).isFalse();
        assertThat(believes(Issuer.claims("iss", List.of(Issuer.NAME)))).isFalse();
        assertThat(believes(Issuer.claims("iss", null))).isFalse();
    }

    @Test
    void audienceMustBeOneOfOurs() throws IOException {
        assertThat(believes(Issuer.claims("aud", "other.example"))).isTrue();
        assertThat(believes(Issuer.claims("aud", List.of("somebody", "other.example")))).isTrue();
        assertThat(believes(Issuer.claims("aud", "registry.example.evil"))).isFalse();
        assertThat(believes(Issuer.claims("aud", "Registry.example"))).isFalse();
        assertThat(believes(Issuer.claims("aud", List.of()))).isFalse();
        assertThat(believes(Issuer.claims("aud", List.of(Issuer.AUDIENCE, 1)))).isFalse();
        assertThat(believes(Issuer.claims("aud", Map.of(Issuer.AUDIENCE, 1)))).isFalse();
        assertThat(believes(Issuer.claims("aud", null))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "exp, -59, true", "exp, -60, false", "nbf, 60, true", "nbf, 61, false", "iat, 60, true", "iat, 61, false"
    })
    void clocksMayDifferByAMinute(String claim, long seconds, boolean believed) throws IOException {
        long time = Issuer.NOW.getEpochSecond() + seconds;

        assertThat(believes(Issuer.claims(claim, time))).isEqualTo(believed);
        assertThat(believes(Issuer.claims(claim, time + 0.5))).as("a fraction").isEqualTo(believed);
    }

    @Test
    void whatNeverExpiresIsRefused() throws IOException {
        assertThat(believes(Issuer.claims("exp", null))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\"1900000000\"", "1e300", "9223372036854775807", "-1", "true", "[1900000000]", "253402300800"
    })
    void whatIsNoTimeIsRefused(String json) throws IOException {
        String claims = new Payload(Issuer.claims("exp", null)).toString();
        String token = EC.sign(
                JWSAlgorithm.ES256,
                new Payload(claims.substring(0, claims.length() - 1) + ",\"exp\":" + json + "}"),
                header -> header);

        assertThat(believes(token)).isFalse();
    }

    @Test
    void startsThatAreNotGivenAreNotAskedFor() throws IOException {
        assertThat(believes(Issuer.claims("nbf", null))).isTrue();
        assertThat(believes(Issuer.claims("iat", null))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "JWT, true", "jwt, true", "at+jwt, true", "application/at+JWT, true",
        "logout+jwt, false", "dpop+jwt, false", "secevent+jwt, false", "JOSE, false"
    })
    void typeMustBeThatOfAUsualToken(String type, boolean believed) throws IOException {
        assertThat(believes(EC.sign(Issuer.claims(), header -> header.type(new JOSEObjectType(type)))))
                .isEqualTo(believed);
    }

    @Test
    void remembersWhatItBelievedForAMinuteAtMost() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        JwtVerifier verifier = new JwtVerifier(RULES, hint -> {
            asked.incrementAndGet();
            return List.of(EC.trusted());
        }, clock);
        String token = EC.sign(Issuer.claims());

        assertThat(verifier.verify(token)).isPresent();
        clock.advance(Duration.ofSeconds(59));
        assertThat(verifier.verify(token)).isPresent();
        assertThat(asked).hasValue(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(verifier.verify(token)).isPresent();
        assertThat(asked).hasValue(2);
    }

    @Test
    void remembersNothingBeyondItsExpiry() throws IOException {
        String token = EC.sign(Issuer.claims("exp", Issuer.NOW.getEpochSecond() - 50));

        assertThat(believes(token)).isTrue();
        clock.advance(Duration.ofSeconds(9));
        assertThat(believes(token)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(believes(token)).isFalse();
    }

    @Test
    void remembersNothingOfWhatItDidNotBelieve() throws IOException {
        String token = EC.sign(Issuer.claims("nbf", Issuer.NOW.getEpochSecond() + 61));

        assertThat(believes(token)).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(believes(token)).isTrue();
    }

    @Test
    void saysWhenItCannotBeTold() {
        JwtVerifier verifier = new JwtVerifier(RULES, hint -> {
            throw new ConnectException("no answer");
        }, clock);

        assertThatThrownBy(() -> verifier.verify(EC.sign(Issuer.claims()))).isInstanceOf(ConnectException.class);
    }

    @Test
    void asksForNoKeyOfWhatIsNotBelievedAnyway() throws IOException {
        JwtVerifier verifier = new JwtVerifier(RULES, hint -> {
            throw new AssertionError("asked");
        }, clock);

        assertThat(verifier.verify(EC.sign(Issuer.claims("iss", "other")))).isEqualTo(Optional.empty());
        assertThat(verifier.verify(EC.sign(Issuer.claims("exp", 1)))).isEqualTo(Optional.empty());
    }
}
