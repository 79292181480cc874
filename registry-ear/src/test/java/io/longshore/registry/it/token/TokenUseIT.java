package io.longshore.registry.it.token;

import static io.longshore.registry.it.token.TokenServer.BOBS_PASSWORD;
import static io.longshore.registry.it.token.TokenServer.basic;
import static io.longshore.registry.it.token.TokenServer.basicOfAlice;
import static io.longshore.registry.it.token.TokenServer.bearer;
import static io.longshore.registry.it.token.TokenServer.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.token.TokenServer.Challenge;
import io.longshore.registry.model.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What tokens are good for, and when they cease to be. */
class TokenUseIT {
    private static TokenServer server;
    private static Http http;

    @BeforeAll
    static void start() {
        server = TokenServer.shared();
        http = server.http();
    }

    private static Reply token(String scope, String authorization) {
        return http.get("/auth/token?" + form(Map.of("scope", scope)))
                .header("Authorization", authorization)
                .send()
                .expect(200);
    }

    private static String alice(String scope) {
        return bearer(token(scope, basicOfAlice()));
    }

    private static Reply begin(String authorization) {
        return http.post("/v2/team/app/blobs/uploads/").header("Authorization", authorization).send();
    }

    @Test
    void aPushGoesOnWithAnotherTokenThanItBeganWith() {
        byte[] blob = TestContent.bytes(100);
        Digest digest = TestContent.sha256(blob);
        String upload = begin(alice("repository:team/app:pull,push")).expect(202).header("Location");
        String patched = http.patch(upload)
                .header("Authorization", alice("repository:team/app:pull,push"))
                .body(blob)
                .send()
                .expect(202)
                .header("Location");
        http.put(patched + "?digest=" + digest)
                .header("Authorization", alice("repository:team/app:push"))
                .send()
                .expect(201);

        http.get("/v2/team/app/blobs/" + digest)
                .header("Authorization", alice("repository:team/app:pull"))
                .send()
                .expect(200);
    }

    @Test
    void aTokenForLessIsAnsweredWithAChallengeForMore() {
        Reply refused = begin(alice("repository:team/app:pull")).expectError(401, "UNAUTHORIZED");

        Challenge challenge = Challenge.of(refused);
        assertThat(challenge.error()).isEqualTo("insufficient_scope");
        assertThat(challenge.scope()).isEqualTo("repository:team/app:pull,push");
        begin(alice(challenge.scope())).expect(202);
    }

    @Test
    void aTokenGivesNothingThatItWasNotAskedFor() {
        begin(alice("repository:team/other:pull,push")).expect(401);
        begin(alice("")).expect(401);
        begin(alice("registry:catalog:*")).expect(401);
    }

    @Test
    void anAnonymousTokenPushesNothing() {
        Reply issued = http.get("/auth/token?" + form(Map.of("scope", "repository:team/app:pull,push"))).send();

        begin(bearer(issued)).expectError(401, "UNAUTHORIZED");
    }

    @Test
    void theCatalogShowsWhatTheBearerMaySee() {
        String bob = basic("bob", BOBS_PASSWORD);
        for (String name : new String[] {"team/listed", "hidden/listed"}) {
            byte[] blob = TestContent.bytes(10);
            http.post("/v2/" + name + "/blobs/uploads/?digest=" + TestContent.sha256(blob))
                    .header("Authorization", bearer(token("repository:" + name + ":push", bob)))
                    .body(blob)
                    .send()
                    .expect(201);
        }

        assertThat(catalog(alice("registry:catalog:*"))).contains("team/listed").doesNotContain("hidden/listed");
        assertThat(catalog(bearer(token("registry:catalog:*", bob)))).contains("team/listed", "hidden/listed");
        http.get("/v2/_catalog").header("Authorization", alice("repository:team/listed:pull")).send().expect(401);
    }

    private static Iterable<String> catalog(String authorization) {
        return http.get("/v2/_catalog")
                .header("Authorization", authorization)
                .send()
                .expect(200)
                .strings("repositories");
    }

    @Test
    void whatWasGivenOutForCredentialsThatAreGoneEnds() {
        Map<String, String> login = new LinkedHashMap<>();
        login.put("offline_token", "true");
        login.put("scope", "repository:team/app:pull,push");
        Reply issued = http.get("/auth/token?" + form(login))
                .header("Authorization", basicOfAlice())
                .send()
                .expect(200);
        Map<String, String> refresh = Map.of(
                "grant_type", "refresh_token",
                "refresh_token", issued.json().path("refresh_token").textValue(),
                "scope", "repository:team/app:pull");
        begin(bearer(issued)).expect(202);
        http.post("/auth/token").body(form(refresh)).send().expect(200);

        server.removeAlice();
        try {
            assertThat(Challenge.of(begin(bearer(issued)).expect(401)).error()).isEqualTo("invalid_token");
            Reply refused = http.post("/auth/token").body(form(refresh)).send().expect(400);
            assertThat(refused.json().path("error").textValue()).isEqualTo("invalid_grant");
        } finally {
            server.bringAliceBack();
        }
        begin(bearer(issued)).expect(202);
    }

    @Test
    void othersVerifyTokensByThePublishedKeys() throws Exception {
        Reply published = http.get("/auth/jwks").send().expect(200);
        assertThat(published.header("Content-Type")).isEqualTo("application/jwk-set+json");
        assertThat(published.header("Cache-Control")).isEqualTo("public, max-age=300");
        http.head("/auth/jwks").send().expect(200);
        SignedJWT token = SignedJWT.parse(alice("repository:team/app:pull").substring("Bearer ".length()));

        assertThat(token.verify(new ECDSAVerifier(JWKSet.parse(published.text())
                        .getKeyByKeyId(token.getHeader().getKeyID())
                        .toECKey())))
                .isTrue();
        assertThat(published.text()).doesNotContain("\"d\"");
    }

    @Test
    void aTokenWithAnotherSignatureIsNone() {
        String good = alice("repository:team/app:pull,push");
        int last = good.length() - 10;
        String forged = good.substring(0, last) + (good.charAt(last) == 'A' ? 'B' : 'A') + good.substring(last + 1);

        assertThat(Challenge.of(begin(forged).expect(401)).error()).isEqualTo("invalid_token");
    }
}
