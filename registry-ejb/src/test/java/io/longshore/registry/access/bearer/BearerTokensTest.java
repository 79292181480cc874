package io.longshore.registry.access.bearer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64;
import io.longshore.registry.access.BearerToken;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.jwt.Certificates;
import io.longshore.registry.access.jwt.Issuer;
import io.longshore.registry.access.jwt.TestClock;
import io.longshore.registry.access.jwt.TestServer;
import io.longshore.registry.config.JwksLocation;
import io.longshore.registry.config.Secret;
import io.longshore.registry.config.SigningAlgorithm;
import io.longshore.registry.config.TokenAuthConfig;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Visibility;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokensTest {
    private static final Issuer SERVICE = Issuer.ec("service");
    private static final RepositoryName APP = RepositoryName.parse("team/app");

    private final TestClock clock = new TestClock(Issuer.NOW);

    @TempDir
    private Path folder;

    private Path jwks;

    @BeforeEach
    void writeKeys() throws IOException {
        jwks = Files.writeString(folder.resolve("jwks.json"), Issuer.jwks(SERVICE));
    }

    private BearerTokens tokens(Optional<Path> certificates, Optional<JwksLocation> keys) throws IOException {
        return BearerTokens.open(
                new TokenAuthConfig(
                        URI.create("https://auth.example/token"), Issuer.AUDIENCE, Issuer.NAME, certificates, keys,
                        Optional.empty(), false, SigningAlgorithm.ALL, Optional.empty()),
                clock);
    }

    private BearerTokens tokens() throws IOException {
        return tokens(Optional.empty(), Optional.of(new JwksLocation.File(jwks)));
    }

    private Optional<Identity> identity(Map<String, Object> claims) throws IOException {
        return verify(tokens(), SERVICE.sign(claims)).map(BearerToken::identity);
    }

    private static Optional<BearerToken> verify(BearerTokens tokens, String token) throws IOException {
        return tokens.verify(Secret.of(token));
    }

    @Test
    void saysWhoBearsATokenAndWhatFor() throws IOException {
        Map<String, Object> access =
                Map.of("type", "repository", "name", "team/app", "actions", List.of("pull", "push"));

        BearerToken token = verify(tokens(), SERVICE.sign(Issuer.claims("access", List.of(access)))).orElseThrow();

        assertThat(token.identity()).isEqualTo(Identity.user("alice", Set.of(), "token"));
        assertThat(token.issuer()).isEqualTo(BearerToken.Issuer.OTHER);
        assertThat(token.claims().allow(APP, Action.PUSH)).isTrue();
        assertThat(token.claims().allow(APP, Action.DELETE)).isFalse();
        assertThat(token.claims().visible()).isEqualTo(Visibility.NONE);
    }

    @Test
    void tokenWithoutAccessAllowsNothing() throws IOException {
        BearerToken token = verify(tokens(), SERVICE.sign(Issuer.claims())).orElseThrow();

        assertThat(token.claims().allow(APP, Action.PULL)).isFalse();
    }

    @Test
    void tokenWithoutSubjectIsNobodys() throws IOException {
        assertThat(identity(Issuer.claims("sub", ""))).contains(Identity.ANONYMOUS);
        assertThat(identity(Issuer.claims("sub", null))).contains(Identity.ANONYMOUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "alice\n", "ali\u0000ce", "alice\r\nX-Admin: true", "\u001b[31malice", "\u202ealice", " alice", "alice ", " ",
        "\u2028"
    })
    void tokenWhoseSubjectCannotBeAUserIsRefused(String subject) throws IOException {
        assertThat(identity(Issuer.claims("sub", subject))).isEmpty();
    }

    @Test
    void tokenWhoseSubjectIsNoNameIsRefused() throws IOException {
        assertThat(identity(Issuer.claims("sub", "a".repeat(256)))).isEmpty();
        assertThat(identity(Issuer.claims("sub", 1))).isEmpty();
        assertThat(identity(Issuer.claims("sub", List.of("alice")))).isEmpty();
    }

    @Test
    void tokenForAnotherServiceOrOfAnotherIssuerIsRefused() throws IOException {
        assertThat(identity(Issuer.claims("aud", "registry.other"))).isEmpty();
        assertThat(identity(Issuer.claims("iss", "other"))).isEmpty();
        clock.advance(Duration.ofMinutes(6));
        assertThat(identity(Issuer.claims())).isEmpty();
    }

    @Test
    void keysOfCertificatesAndOfASetAreBothTrusted() throws Exception {
        Certificates.Issued root = Certificates.root("root");
        Path roots = Files.writeString(folder.resolve("roots.pem"), root.pem());
        BearerTokens both = tokens(Optional.of(roots), Optional.of(new JwksLocation.File(jwks)));
        ECKey key = new ECKey.Builder(Curve.P_256, (ECPublicKey) root.keys().getPublic())
                .privateKey(root.keys().getPrivate())
                .keyIDFromThumbprint()
                .build();
        List<Base64> chain = List.of(Base64.encode(root.certificate().getEncoded()));

        assertThat(verify(both, SERVICE.sign(Issuer.claims()))).isPresent();
        assertThat(verify(both, Issuer.with(key).sign(Issuer.claims()))).isPresent();
        assertThat(verify(both, Issuer.with(key).sign(
                Issuer.claims("jti", "1"), header -> header.x509CertChain(chain)))).isPresent();
        List<Base64> other = List.of(Base64.encode(Certificates.root("root").certificate().getEncoded()));
        assertThat(verify(both, SERVICE.sign(
                Issuer.claims("jti", "2"), header -> header.x509CertChain(other)))).isEmpty();
        assertThat(verify(tokens(), SERVICE.sign(
                Issuer.claims("jti", "2"), header -> header.x509CertChain(other))))
                .as("there is nothing to hold them against")
                .isPresent();
    }

    @Test
    void keysCanComeFromAServer() throws IOException {
        try (TestServer server = new TestServer()) {
            server.answer("/jwks", Issuer.jwks(SERVICE));
            BearerTokens tokens =
                    tokens(Optional.empty(), Optional.of(new JwksLocation.Url(server.url("/jwks"))));

            assertThat(verify(tokens, SERVICE.sign(Issuer.claims()))).isPresent();
            assertThat(verify(tokens, Issuer.ec("service").sign(Issuer.claims()))).isEmpty();
        }
    }

    @Test
    void saysSoIfTheServerWithTheKeysIsDown() throws IOException {
        TestServer server = new TestServer();
        server.close();
        BearerTokens tokens = tokens(Optional.empty(), Optional.of(new JwksLocation.Url(server.url("/jwks"))));

        assertThatThrownBy(() -> verify(tokens, SERVICE.sign(Issuer.claims())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(server.url("/jwks").toString());
    }

    @Test
    void doesNotOpenWithoutTheFilesThatAreNamed() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> tokens(Optional.of(missing), Optional.empty())).isInstanceOf(IOException.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> tokens(Optional.empty(), Optional.of(new JwksLocation.File(missing))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing");
    }
}
