package io.longshore.registry.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtAttackTest {
    private static final Issuer RSA = Issuer.rsa("rsa");
    private static final Issuer EC = Issuer.ec("ec");
    private static final Issuer STRANGER = Issuer.ec("ec");

    private final JwtVerifier verifier = new JwtVerifier(
            Issuer.rules(Issuer.NAME, Set.of(Issuer.AUDIENCE)),
            Issuer.trusting(RSA, EC),
            new TestClock(Issuer.NOW));

    private boolean believes(String token) throws IOException {
        return verifier.verify(token).isPresent();
    }

    private static String base64(String text) {
        return Base64URL.encode(text).toString();
    }

    private static String claims() {
        return base64(new Payload(Issuer.claims()).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "null"})
    void refusesUnsignedTokens(String algorithm) throws IOException {
        String header = base64("{\"alg\":\"" + algorithm + "\",\"kid\":\"ec\"}");

        assertThat(believes(header + '.' + claims() + '.')).isFalse();
        assertThat(believes(header + '.' + claims())).isFalse();
        assertThat(believes(header + '.' + claims() + ".AA")).isFalse();
    }

    @Test
    void refusesHeadersWithoutAlgorithm() throws IOException {
        for (String header : List.of("{}", "{\"alg\":null}", "{\"alg\":1}", "{\"alg\":[\"ES256\"]}", "[]", "x", "")) {
            assertThat(believes(base64(header) + '.' + claims() + ".AA")).as(header).isFalse();
        }
    }

    @Test
    void refusesStrippedAndCutSignatures() throws IOException {
        String token = EC.sign(Issuer.claims());
        String unsigned = token.substring(0, token.lastIndexOf('.'));

        assertThat(believes(unsigned)).isFalse();
        assertThat(believes(unsigned + '.')).isFalse();
        assertThat(believes(unsigned + ".A")).isFalse();
        assertThat(believes(token.substring(0, token.length() - 4))).isFalse();
        assertThat(believes(token + "AAAA")).isFalse();
    }

    static List<byte[]> publicKeys() throws Exception {
        JWK key = RSA.key().toPublicJWK();
        byte[] der = key.toRSAKey().toPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + java.util.Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        return List.of(
                der,
                pem.getBytes(StandardCharsets.US_ASCII),
                pem.strip().getBytes(StandardCharsets.US_ASCII),
                key.toJSONString().getBytes(StandardCharsets.UTF_8),
                key.toRSAKey().getModulus().decode());
    }

    @ParameterizedTest
    @MethodSource("publicKeys")
    void refusesSharedSecretsThatAreThePublicKey(byte[] secret) throws Exception {
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512)) {
            JWSObject token = new JWSObject(
                    new JWSHeader.Builder(algorithm).keyID("rsa").build(), new Payload(Issuer.claims()));
            token.sign(new MACSigner(secret));

            assertThat(believes(token.serialize())).isFalse();
        }
    }

    @Test
    void refusesAnAlgorithmThatTheKeyDoesNotFit() throws Exception {
        assertThat(believes(EC.sign(Issuer.claims(), header -> header.keyID("rsa")))).isFalse();
        assertThat(believes(RSA.sign(Issuer.claims(), header -> header.keyID("ec")))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "ED", "ec ", "../../../../etc/passwd", "/dev/null", "file:///etc/passwd", "ec\u0000", "' OR '1'='1",
        "${jndi:ldap://127.0.0.1/a}", "%2e%2e%2f", "ec\n\nec"
    })
    void refusesKeyIdsThatNobodyHas(String id) throws IOException {
        assertThat(believes(EC.sign(Issuer.claims(), header -> header.keyID(id)))).isFalse();
    }

    @Test
    void refusesHugeKeyIds() throws IOException {
        assertThat(believes(EC.sign(Issuer.claims(), header -> header.keyID("e".repeat(10_000))))).isFalse();
    }

    @Test
    void refusesKeyIdsThatAreNoText() throws IOException {
        for (String id : List.of("1", "[\"ec\"]", "{\"ec\":1}", "true")) {
            String header = base64("{\"alg\":\"ES256\",\"kid\":" + id + "}");
            String signature = EC.sign(Issuer.claims()).split("\\.")[2];

            assertThat(believes(header + '.' + claims() + '.' + signature)).isFalse();
        }
    }

    @Test
    void refusesTheKeyThatATokenBrings() throws IOException {
        JWK own = STRANGER.key().toPublicJWK();

        assertThat(believes(STRANGER.sign(Issuer.claims()))).isFalse();
        assertThat(believes(STRANGER.sign(Issuer.claims(), header -> header.jwk(own)))).isFalse();
        assertThat(believes(STRANGER.sign(
                Issuer.claims(), header -> header.jwkURL(URI.create("http://127.0.0.1:9/jwks"))))).isFalse();
        assertThat(believes(STRANGER.sign(
                Issuer.claims(), header -> header.x509CertURL(URI.create("http://127.0.0.1:9/cert"))))).isFalse();
    }

    @Test
    void ignoresTheKeyThatATokenBringsWhereAKnownOneSignedIt() throws IOException {
        JWK other = STRANGER.key().toPublicJWK();

        assertThat(believes(EC.sign(Issuer.claims(), header -> header.jwk(other)))).isTrue();
        assertThat(believes(EC.sign(
                Issuer.claims(), header -> header.jwkURL(URI.create("http://127.0.0.1:9/jwks"))))).isTrue();
    }

    @Test
    void refusesWhatItWouldHaveToUnderstand() throws IOException {
        assertThat(believes(EC.sign(Issuer.claims(), header -> header.criticalParams(Set.of("exp"))))).isFalse();
        assertThat(believes(EC.sign(
                Issuer.claims(), header -> header.criticalParams(Set.of("b64")).base64URLEncodePayload(true))))
                .isFalse();
        assertThat(believes(EC.sign(Issuer.claims(), header -> header.base64URLEncodePayload(false)))).isFalse();
    }

    @Test
    void refusesTokensInTokensAndEncryptedOnes() throws IOException {
        String inner = EC.sign(Issuer.claims());

        assertThat(believes(EC.sign(JWSAlgorithm.ES256, new Payload(inner), header -> header.contentType("JWT"))))
                .isFalse();
        assertThat(believes(EC.sign(Issuer.claims(), header -> header.contentType("jwt")))).isFalse();
        String header = base64("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\",\"kid\":\"rsa\"}");
        assertThat(believes(header + ".AAAA.AAAA." + claims() + ".AAAA")).isFalse();
        assertThat(believes(header + ".AAAA.AAAA")).isFalse();
    }

    @Test
    void refusesSignaturesWithNumbersThatProveNothing() throws Exception {
        BigInteger order = ((ECPublicKey) EC.trusted().key()).getParams().getOrder();
        String content = EC.sign(Issuer.claims());
        content = content.substring(0, content.lastIndexOf('.') + 1);
        List<BigInteger> numbers = List.of(BigInteger.ZERO, BigInteger.ONE, order, order.add(BigInteger.ONE));
        for (BigInteger r : numbers) {
            for (BigInteger s : numbers) {
                byte[] signature = new byte[64];
                put(r, signature, 32);
                put(s, signature, 64);

                assertThat(believes(content + Base64URL.encode(signature))).as(r + " " + s).isFalse();
            }
        }
        assertThat(believes(content + Base64URL.encode(new byte[0]))).isFalse();
        assertThat(believes(content + Base64URL.encode(new byte[70]))).isFalse();
    }

    private static void put(BigInteger number, byte[] into, int end) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - length, into, end - length, length);
    }

    @Test
    void refusesClaimsThatWereChanged() throws IOException {
        String[] parts = EC.sign(Issuer.claims()).split("\\.");
        String changed = base64(new Payload(Issuer.claims("sub", "admin")).toString());

        assertThat(believes(parts[0] + '.' + changed + '.' + parts[2])).isFalse();
        assertThat(believes(parts[0] + '.' + parts[1] + '.' + parts[2])).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s ", " %s", "%s\n", "%s=", "%s!", "Bearer %s", "%s,%s", "%s.%s", ".%s", "%s."})
    void refusesAnythingAroundAToken(String form) throws IOException {
        String token = EC.sign(Issuer.claims());

        assertThat(believes(form.formatted(token, token))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "null", "[]", "1", "\"iss\"", "", "{", "{\"iss\":1}", "{\"exp\":NaN}", "{\"a\":1}}", "{'iss':'x'}",
        "{\"sub\":\"a\",\"sub\":\"b\"}", "{\"iss\":\"\\ud800\"}"
    })
    void refusesClaimsThatAreNoJsonObject(String claims) throws IOException {
        assertThat(believes(EC.sign(JWSAlgorithm.ES256, new Payload(claims), header -> header))).isFalse();
    }

    @Test
    void refusesClaimsThatStandThereTwice() throws IOException {
        String claims = new Payload(Issuer.claims()).toString();
        String twice = claims.substring(0, claims.length() - 1) + ",\"sub\":\"admin\"}";

        assertThat(believes(EC.sign(JWSAlgorithm.ES256, new Payload(twice), header -> header))).isFalse();
    }

    @Test
    void refusesClaimsOfAThousandLevels() throws IOException {
        String deep = "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}";

        assertThat(believes(EC.sign(JWSAlgorithm.ES256, new Payload(deep), header -> header))).isFalse();
    }

    @Test
    void doesNotLookAtTokensOfMegabytes() throws IOException {
        char[] letters = new char[8 << 20];
        Arrays.fill(letters, 'A');
        String huge = new String(letters);

        assertThat(believes(huge)).isFalse();
        assertThat(believes(huge + '.' + huge + '.' + huge)).isFalse();
        assertThat(believes(EC.sign(Issuer.claims("padding", huge)))).isFalse();
        assertThat(JwtVerifier.couldBeToken(huge + ".A.A")).isFalse();
    }

    @Test
    void longestTokenIsOfSixteenKibibytes() throws IOException {
        int length = EC.sign(Issuer.claims("padding", "")).length();
        // Three characters are four in Base64.
        int room = (SignedToken.MAX_LENGTH - length) / 4 * 3;

        assertThat(believes(EC.sign(Issuer.claims("padding", "A".repeat(room))))).isTrue();
        assertThat(believes(EC.sign(Issuer.claims("padding", "A".repeat(room + 4))))).isFalse();
    }

    @Test
    void manyKeysOfOneIdAreTriedInTurn() throws IOException {
        JwtVerifier both = new JwtVerifier(
                Issuer.rules(Issuer.NAME, Set.of(Issuer.AUDIENCE)),
                hint -> List.of(RSA.trusted(), STRANGER.trusted(), EC.trusted()),
                new TestClock(Issuer.NOW));

        assertThat(both.verify(EC.sign(Map.copyOf(Issuer.claims())))).isPresent();
    }
}
