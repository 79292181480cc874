package io.longshore.registry.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateKeysTest {
    private static final Certificates.Issued ROOT = Certificates.root("root");
    private static final Certificates.Issued MIDDLE = Certificates.authority("middle", ROOT);
    private static final Certificates.Issued LEAF = Certificates.leaf("leaf", MIDDLE);
    private static final Certificates.Issued OTHER = Certificates.root("root");
    private static final Instant BEFORE = Issuer.NOW.minus(Duration.ofHours(2));

    private final TestClock clock = new TestClock(Issuer.NOW);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeRoots() throws IOException {
        file = folder.resolve("roots.pem");
        Files.writeString(file, "The roots\n" + OTHER.pem().replace("CERTIFICATE", "SOMETHING ELSE") + ROOT.pem());
    }

    private static JWK key(Certificates.Issued issued) {
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) issued.keys().getPublic())
                .privateKey(issued.keys().getPrivate())
                .build();
    }

    private boolean believes(String token) throws IOException {
        JwtRules rules = Issuer.rules(Issuer.NAME, Set.of(Issuer.AUDIENCE));
        return new JwtVerifier(rules, new CertificateKeys(file, clock), clock).verify(token).isPresent();
    }

    private boolean believes(Certificates.Issued signer, Certificates.Issued... chain) throws IOException {
        List<Base64> certificates = new ArrayList<>();
        for (Certificates.Issued issued : chain) {
            certificates.add(Base64.encode(encoded(issued)));
        }
        return believes(Issuer.with(key(signer)).sign(Issuer.claims(), header -> header.x509CertChain(certificates)));
    }

    private static byte[] encoded(Certificates.Issued issued) {
        try {
            return issued.certificate().getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean believesKeyId(Certificates.Issued signer, String id) throws IOException {
        return believes(Issuer.with(key(signer)).sign(Issuer.claims(), header -> header.keyID(id)));
    }

    @Test
    void certificatesOfATokenLeadToARoot() throws IOException {
        assertThat(believes(LEAF, LEAF, MIDDLE)).isTrue();
        assertThat(believes(LEAF, LEAF, MIDDLE, ROOT)).isTrue();
        assertThat(believes(ROOT, ROOT)).as("a root is one, too").isTrue();
    }

    @Test
    void certificatesThatLeadElsewhereAreRefused() throws IOException {
        assertThat(believes(OTHER, OTHER)).isFalse();
        Certificates.Issued forged = Certificates.leaf("leaf", OTHER);
        assertThat(believes(forged, forged)).isFalse();
        assertThat(believes(forged, forged, ROOT)).isFalse();
        assertThat(believes(LEAF, LEAF)).as("one is missing").isFalse();
        assertThat(believes(LEAF, MIDDLE, LEAF)).as("in another order").isFalse();
        Certificates.Issued byLeaf = Certificates.leaf("below", LEAF);
        assertThat(believes(byLeaf, byLeaf, LEAF, MIDDLE)).as("issued by who may not").isFalse();
    }

    @Test
    void keyOfTheFirstCertificateMustHaveSigned() throws IOException {
        assertThat(believes(OTHER, LEAF, MIDDLE)).isFalse();
        assertThat(believes(MIDDLE, LEAF, MIDDLE)).isFalse();
    }

    @Test
    void certificatesMustHoldNow() throws IOException {
        Certificates.Issued expired = Certificates.issue("old", ROOT, false, BEFORE, Issuer.NOW.minusSeconds(1));
        assertThat(believes(expired, expired)).isFalse();
        Certificates.Issued later = Certificates.issue(
                "later", ROOT, false, Issuer.NOW.plusSeconds(60), Issuer.NOW.plusSeconds(120));
        assertThat(believes(later, later)).isFalse();
    }

    @Test
    void rootsMustHoldNowForWhatTheyIssued() throws IOException {
        Certificates.Issued root = Certificates.issue("old", null, true, BEFORE, Issuer.NOW.minusSeconds(1));
        Files.writeString(file, root.pem());
        Certificates.Issued leaf = Certificates.leaf("leaf", root);

        assertThat(believes(leaf, leaf)).isFalse();
        assertThat(believes(root, root)).isFalse();
    }

    @Test
    void certificatesThatAreNoneAreRefused() throws IOException {
        for (Base64 certificate : List.of(new Base64("AAAA"), new Base64(""), new Base64("!"))) {
            assertThat(believes(Issuer.with(key(LEAF)).sign(
                    Issuer.claims(), header -> header.x509CertChain(List.of(certificate))))).isFalse();
        }
    }

    @Test
    void longChainsAreNotLookedAt() throws IOException {
        Certificates.Issued[] chain = new Certificates.Issued[9];
        chain[8] = Certificates.authority("a8", ROOT);
        for (int i = 7; i >= 0; i--) {
            chain[i] = Certificates.authority("a" + i, chain[i + 1]);
        }

        assertThat(believes(chain[0], chain)).isFalse();
        assertThat(believes(chain[1], List.of(chain).subList(1, 9).toArray(Certificates.Issued[]::new))).isTrue();
    }

    @Test
    void keyOfARootIsKnownByBothItsIds() throws Exception {
        assertThat(believesKeyId(ROOT, key(ROOT).computeThumbprint().toString())).isTrue();
        assertThat(believesKeyId(ROOT, LibtrustKeyId.of(ROOT.keys().getPublic()))).isTrue();
        assertThat(believesKeyId(ROOT, "CN=root")).isFalse();
        assertThat(believesKeyId(OTHER, LibtrustKeyId.of(ROOT.keys().getPublic()))).isFalse();
        assertThat(believesKeyId(OTHER, LibtrustKeyId.of(OTHER.keys().getPublic()))).isFalse();
    }

    @Test
    void certificatesDecideAloneWhereThereAreSome() throws Exception {
        String id = LibtrustKeyId.of(ROOT.keys().getPublic());
        Base64 other = Base64.encode(encoded(OTHER));

        assertThat(believes(Issuer.with(key(ROOT)).sign(
                Issuer.claims(), header -> header.keyID(id).x509CertChain(List.of(other))))).isFalse();
    }

    @Test
    void readsTheFileAgainWhenItChanges() throws IOException {
        CertificateKeys keys = new CertificateKeys(file, clock);
        KeyHint root = new KeyHint(LibtrustKeyId.of(ROOT.keys().getPublic()), List.of());
        assertThat(keys.find(root)).hasSize(1);

        Files.writeString(file, OTHER.pem());
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(100)));

        assertThat(keys.find(root)).isEmpty();
        Files.delete(file);
        assertThatThrownBy(() -> keys.find(root)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesAFileWithoutCertificates() throws IOException {
        Files.writeString(file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> new CertificateKeys(file, clock))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());

        Files.writeString(file, "");
        assertThatThrownBy(() -> new CertificateKeys(file, clock)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new CertificateKeys(folder, clock)).isInstanceOf(IOException.class);
    }
}
