package io.longshore.registry.it.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.longshore.registry.it.protocol.RawConnection;
import io.longshore.registry.it.protocol.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tokens that somebody made, or made over. Each differs in one thing from one that the server takes; most are even
 * signed with its own key, which no attacker has.
 */
@ExtendWith(NoSecretsInLogs.class)
class TokenAttackIT {
    private static AccessServer server;
    private static OwnKey key;
    private static Fixture fixture;
    private static String genuine;

    @BeforeAll
    static void start() {
        server = AccessServer.shared();
        key = server.key();
        fixture = Fixture.existing(server, "private");
        genuine = server.token(Account.KEEPER, "repository:" + fixture.name() + ":pull,push");
    }

    private static Reply show(String token) {
        return server.http().authorized(Shown.bearer(token)).get(fixture.keeper().manifest("v1")).send();
    }

    private static void refuses(String token) {
        Reply reply = show(token).expectError(401, "UNAUTHORIZED");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo(server.challenge("", "invalid_token"));
    }

    private static void refuses(JWTClaimsSet.Builder claims) {
        refuses(key.signed(claims.build()));
    }

    private static JWTClaimsSet.Builder claims() {
        return OwnKey.claims(genuine);
    }

    private static String encoded(String text) {
        return Base64URL.encode(text).toString();
    }

    private static String payload(String token) {
        return token.split("\\.")[1];
    }

    /** Without this, the tests below would prove nothing. */
    @Test
    void takesWhatItsOwnKeyHasSigned() {
        show(genuine).expect(200);
        show(key.signed(claims().build())).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "null", "ES256 "})
    void refusesATokenThatIsNotSigned(String algorithm) {
        String head = encoded(
                "{\"typ\":\"JWT\",\"kid\":\"" + key.pair().getKeyID() + "\",\"alg\":\"" + algorithm + "\"}");
        String signature = genuine.split("\\.")[2];

        refuses(head + '.' + payload(genuine) + '.');
        refuses(head + '.' + payload(genuine) + '.' + signature);
        refuses(head + '.' + payload(genuine));
    }

    @Test
    void refusesATokenWithoutItsSignature() {
        refuses(genuine.substring(0, genuine.lastIndexOf('.') + 1));
        refuses(genuine.substring(0, genuine.lastIndexOf('.')));
        refuses(genuine.substring(0, genuine.lastIndexOf('.') + 1) + Base64URL.encode(new byte[64]));
    }

    /** HS/RS confusion: everybody knows the public key, and nobody may sign with it. */
    @Test
    void refusesATokenSignedWithThePublishedKeyAsASharedSecret() throws Exception {
        ECKey published = key.pair().toPublicJWK();
        byte[] der = published.toPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        String set = server.http().get("/auth/jwks").send().expect(200).text();
        List<byte[]> secrets = List.of(
                der, published.getX().decode(), published.getY().decode(),
                pem.getBytes(StandardCharsets.US_ASCII), set.getBytes(StandardCharsets.UTF_8),
                published.toJSONString().getBytes(StandardCharsets.UTF_8), new byte[32]);
        for (byte[] secret : secrets) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                    .type(JOSEObjectType.JWT)
                    .keyID(published.getKeyID())
                    .build();
            SignedJWT token = new SignedJWT(header, claims().build());
            token.sign(new MACSigner(secret));
            refuses(token.serialize());
        }
    }

    @Test
    void refusesATokenOfAnotherKeyThatCallsItselfTheServers() throws Exception {
        ECKey other = new ECKeyGenerator(Curve.P_256).keyID(key.pair().getKeyID()).generate();
        RSAKey rsa = new RSAKeyGenerator(2048).keyID(key.pair().getKeyID()).generate();

        for (JWSHeader header : List.of(
                key.header().build(),
                key.header().jwk(other.toPublicJWK()).build(),
                key.header().jwkURL(URI.create("http://127.0.0.1:1/jwks")).build(),
                key.header().x509CertURL(URI.create("http://127.0.0.1:1/certificate")).build(),
                new JWSHeader.Builder(JWSAlgorithm.ES256).jwk(other.toPublicJWK()).build())) {
            SignedJWT token = new SignedJWT(header, claims().build());
            token.sign(new ECDSASigner(other));
            refuses(token.serialize());
        }
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(rsa.getKeyID()).jwk(rsa.toPublicJWK()).build(),
                claims().build());
        token.sign(new RSASSASigner(rsa));
        refuses(token.serialize());
    }

    @Test
    void refusesATokenWhoseContentWasChanged() {
        String[] parts = genuine.split("\\.");
        String more = claims().subject("user:root").build().toString();

        refuses(parts[0] + '.' + encoded(more) + '.' + parts[2]);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "longshore", "https://registry.example.com/", "https://registry.example.com.evil.example"
    })
    void refusesATokenOfAnotherIssuer(String issuer) {
        refuses(claims().issuer(issuer.isEmpty() ? null : issuer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "other.example.com", "registry.example.com ", "REGISTRY.example.com"})
    void refusesATokenForAnotherService(String audience) {
        refuses(claims().audience(audience.isEmpty() ? null : audience));
    }

    @Test
    void refusesATokenThatHasExpiredOrNeverDoes() {
        refuses(claims().expirationTime(Date.from(Instant.now().minus(Duration.ofSeconds(90)))));
        refuses(claims().expirationTime(Date.from(Instant.EPOCH)));
        refuses(claims().expirationTime(null));
    }

    @Test
    void refusesATokenThatIsNotValidYet() {
        refuses(claims().notBeforeTime(Date.from(Instant.now().plus(Duration.ofSeconds(90)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "unknown", "../../../../../../dev/null", "/etc/passwd", "file:///dev/null", "http://127.0.0.1:1/key",
        "' or '1'='1", "x' union select public_key from signing_key --", "%00", "a\u0000b", "\r\nX: y", "*", "%"
    })
    void refusesATokenOfAKeyThatItDoesNotKnow(String id) {
        refuses(key.signed(key.header().keyID(id).build(), claims().build()));
    }

    @Test
    void refusesATokenThatDoesNotSayItsKey() {
        refuses(key.signed(key.header().keyID(null).build(), claims().build()));
    }

    @Test
    void refusesATokenThatDemandsWhatItDoesNotUnderstand() {
        refuses(key.signed(
                key.header().criticalParams(Set.of("other")).customParam("other", 1).build(),
                claims().build()));
        refuses(key.signed(key.header().type(new JOSEObjectType("at+jwt")).build(), claims().build()));
    }

    /** Anybody's signature under somebody else's name needs the key; so do rights of somebody who has none. */
    @Test
    void aTokenGivesNoMoreThanTheRulesAndTheCredentialsDo() {
        String nobody = server.token(Account.NOBODY, "");
        List<Map<String, Object>> everything = List.of(
                Map.of("type", "repository", "name", fixture.name(), "actions", List.of("pull", "push", "delete", "*")),
                Map.of("type", "registry", "name", "catalog", "actions", List.of("*")));

        show(key.signed(OwnKey.claims(nobody).claim("access", everything).build())).expectError(403, "DENIED");
        refuses(claims().subject("user:unheard-of"));
        refuses(claims().claim("crd", "another password"));
        refuses(claims().claim("src", "another-way"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b.c.d.e", "e30.e30.", "\t", "null", "%2e%2e"})
    void refusesWhatIsNoToken(String text) {
        Reply reply = server.http().authorized("Bearer " + text).get(fixture.keeper().manifest("v1")).send();

        reply.expectError(401, "UNAUTHORIZED");
    }

    @Test
    void refusesATokenThatIsTooLargeBeforeItLooksAtIt() throws Exception {
        String large = key.signed(claims().claim("filler", "x".repeat(20 << 10)).build());
        refuses(large);
        String larger = key.signed(claims().claim("filler", "x".repeat(30 << 10)).build());
        show(larger).expectError(431, "UNSUPPORTED");
        try (RawConnection connection = server.http().connect()) {
            // Of megabytes not even the head is read.
            connection.sendUntilRefused("GET /v2/ HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ", 3 << 20);
            assertThat(connection.read("GET").status()).isIn(400, 431);
        }
    }
}
