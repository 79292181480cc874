package io.longshore.registry.launcher.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.it.tls.TestAuthority;
import io.longshore.registry.it.tls.TestIdentity;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys as other software writes them, here Bouncy Castle. */
class IdentityTest {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private final TestAuthority authority = TestAuthority.create("authority");

    @TempDir
    private Path folder;

    private Identity read(String certificate, String key) throws TlsException {
        return Identity.of(
                PemFile.read(TestIdentity.write(folder.resolve("tls.crt"), certificate)),
                PemFile.read(TestIdentity.write(folder.resolve("tls.key"), key)),
                Instant.now());
    }

    static Stream<KeyPair> kinds() {
        return Stream.of(TestAuthority.ecKeys(), TestAuthority.keys("EC"), TestAuthority.keys("RSA"),
                TestAuthority.keys("RSASSA-PSS"), TestAuthority.keys("Ed25519"), TestAuthority.keys("Ed448"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsAKeyInPkcs8(KeyPair keys) throws TlsException {
        TestIdentity issued = authority.issue("registry", keys);

        Identity identity = read(TestIdentity.pem(issued.certificate()), issued.pkcs8());

        assertThat(identity.key()).isEqualTo(keys.getPrivate());
        assertThat(identity.certificate()).isEqualTo(issued.certificate());
    }

    static Stream<KeyPair> traditionalKinds() {
        return Stream.of(TestAuthority.ecKeys(), TestAuthority.keys("EC"), TestAuthority.keys("RSA"));
    }

    @ParameterizedTest
    @MethodSource("traditionalKinds")
    void readsAKeyInTheFormOfItsAlgorithm(KeyPair keys) throws TlsException {
        TestIdentity issued = authority.issue("registry", keys);
        assertThat(issued.traditional()).doesNotContain("BEGIN PRIVATE KEY");

        assertSame(read(TestIdentity.pem(issued.certificate()), issued.traditional()), keys);
    }

    /** Keys of curves may be written with their public key or without it, so that they are not equal as they stand. */
    private static void assertSame(Identity read, KeyPair keys) {
        if (keys.getPrivate() instanceof ECPrivateKey expected) {
            assertThat(((ECPrivateKey) read.key()).getS()).isEqualTo(expected.getS());
        } else {
            assertThat(read.key()).isEqualTo(keys.getPrivate());
        }
    }

    /** As {@code openssl ecparam -genkey} writes it. */
    @Test
    void readsAKeyBehindTheNameOfItsCurve() throws TlsException {
        TestIdentity issued = authority.issue("registry");
        String curve = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

        assertSame(read(TestIdentity.pem(issued.certificate()), curve + issued.traditional()), issued.keys());
    }

    @Test
    void readsTheChainInItsOrderAndSkipsWhatStandsBetween() throws TlsException {
        TestAuthority between = authority.intermediate("between");
        TestIdentity issued = between.issue("registry");
        String chain = "subject=CN = registry\n" + TestIdentity.pem(issued.certificate()) + "\n# issuer\n"
                + TestIdentity.pem(between.certificate(), authority.certificate());

        assertThat(read(chain, issued.pkcs8()).chain())
                .containsExactly(issued.certificate(), between.certificate(), authority.certificate());
    }

    @Test
    void readsBothFromOneFileWithLineEndsOfWindows() throws TlsException {
        TestIdentity issued = authority.issue("registry");
        String both = (issued.pkcs8() + TestIdentity.pem(issued.certificate())).replace("\n", "\r\n");

        assertThat(read(both, both).key()).isEqualTo(issued.keys().getPrivate());
    }

    @Test
    void refusesAKeyOfAnotherCertificate() {
        for (KeyPair keys : kinds().toList()) {
            String certificate = TestIdentity.pem(authority.issue("registry", keys).certificate());

            assertThatThrownBy(() -> read(certificate, authority.issue("other").pkcs8()))
                    .isInstanceOf(TlsException.class)
                    .hasMessageContaining("tls.key does not belong to the first certificate in ")
                    .hasMessageContaining("tls.crt");
        }
    }

    @Test
    void refusesAnRsaKeyOfAnotherLength() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(3072);
        String certificate = TestIdentity.pem(authority.issue("registry", TestAuthority.keys("RSA")).certificate());

        assertThatThrownBy(() -> read(certificate, authority.issue("other", generator.generateKeyPair()).pkcs8()))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("does not belong");
    }

    @Test
    void refusesACertificateThatHasExpiredAndSaysWhen() {
        Instant end = Instant.parse("2024-02-29T12:00:00Z");
        TestIdentity issued =
                authority.issue("registry", TestAuthority.ecKeys(), end.minus(Duration.ofDays(30)), end);

        assertThatThrownBy(() -> read(TestIdentity.pem(issued.certificate()), issued.pkcs8()))
                .hasMessageEndingWith("tls.crt expired at 2024-02-29T12:00:00Z");
    }

    @Test
    void refusesACertificateThatIsNotYetValid() {
        Instant begin = Instant.now().plus(Duration.ofDays(1));
        TestIdentity issued =
                authority.issue("registry", TestAuthority.ecKeys(), begin, begin.plus(Duration.ofDays(1)));

        assertThatThrownBy(() -> read(TestIdentity.pem(issued.certificate()), issued.pkcs8()))
                .hasMessageContaining("tls.crt is valid only from ");
    }

    @Test
    void saysThatAKeyHasAPassword() throws Exception {
        TestIdentity issued = authority.issue("registry", TestAuthority.keys("RSA"));
        String modern = Pem.of(new JcaPKCS8Generator(issued.keys().getPrivate(),
                new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC).setProvider(PROVIDER)
                        .setPassword("hunter2".toCharArray()).setRandom(new SecureRandom()).build()).generate());
        String old = Pem.of(writer -> writer.writeObject(issued.keys().getPrivate(),
                new JcePEMEncryptorBuilder("AES-256-CBC").setProvider(PROVIDER).build("hunter2".toCharArray())));
        assertThat(modern).contains("BEGIN ENCRYPTED PRIVATE KEY");
        assertThat(old).contains("BEGIN RSA PRIVATE KEY").contains("Proc-Type: 4,ENCRYPTED");

        for (String key : new String[] {modern, old}) {
            assertThatThrownBy(() -> read(TestIdentity.pem(issued.certificate()), key))
                    .hasMessageContaining("tls.key has a password")
                    .hasMessageContaining("openssl pkey");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "no PEM at all",
        "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END CERTIFICATE-----",
    })
    void saysThatThereIsNoKey(String content) {
        assertThatThrownBy(() -> read(TestIdentity.pem(authority.certificate()), content))
                .hasMessageEndingWith(
                        "tls.key has no private key in PEM, which begins with -----BEGIN PRIVATE KEY-----");
    }

    @Test
    void refusesAKeyThatIsBrokenOffAnywhere() {
        TestIdentity issued = authority.issue("registry");
        for (String key : new String[] {issued.pkcs8(), issued.traditional()}) {
            for (int length = 0; length < key.length() - 1; length++) {
                String part = key.substring(0, length);
                assertThatThrownBy(() -> read(TestIdentity.pem(issued.certificate()), part))
                        .isInstanceOf(TlsException.class);
            }
        }
    }

    @Test
    void refusesKeysWhoseContentIsBroken() {
        TestIdentity issued = authority.issue("registry");
        for (String label : new String[] {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "DSA PRIVATE KEY"}) {
            for (String content : new String[] {"", "!", "MA==", "MIQ=", "MIT/////", "MAMCAQE=", "MAYCAQEEAQA="}) {
                String key = "-----BEGIN " + label + "-----\n" + content + "\n-----END " + label + "-----\n";
                assertThatThrownBy(() -> read(TestIdentity.pem(issued.certificate()), key))
                        .isInstanceOf(TlsException.class)
                        .hasMessageContaining("tls.key");
            }
        }
    }

    @Test
    void refusesMoreThanOneKey() {
        TestIdentity issued = authority.issue("registry");

        assertThatThrownBy(() -> read(TestIdentity.pem(issued.certificate()), issued.pkcs8() + issued.pkcs8()))
                .hasMessageEndingWith("tls.key has more than one private key");
    }

    @Test
    void saysThatThereIsNoCertificate() {
        TestIdentity issued = authority.issue("registry");

        assertThatThrownBy(() -> read(issued.pkcs8(), issued.pkcs8()))
                .hasMessageContaining("tls.crt has no certificate");
        assertThatThrownBy(() -> read("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", issued.pkcs8()))
                .hasMessageContaining("a certificate in " + folder.resolve("tls.crt") + " is broken");
    }

    @Test
    void saysThatThereIsNoSuchFile() {
        assertThatThrownBy(() -> PemFile.read(folder.resolve("none")))
                .hasMessage("there is no file " + folder.resolve("none"));
        assertThatThrownBy(() -> PemFile.read(folder)).hasMessageStartingWith("cannot read the file " + folder);
    }

    @Test
    void neverShowsTheKey() throws TlsException {
        TestIdentity issued = authority.issue("registry");

        assertThat(read(TestIdentity.pem(issued.certificate()), issued.pkcs8()))
                .asString().startsWith("certificate ").contains("CN=registry").doesNotContain("rivate");
    }

    /** Writes PEM in ways that the others do not need. */
    private static final class Pem {
        @FunctionalInterface
        interface Content {
            void write(JcaPEMWriter writer) throws IOException;
        }

        static String of(Object object) throws IOException {
            return of(writer -> writer.writeObject(object));
        }

        static String of(Content content) throws IOException {
            StringWriter text = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
                content.write(writer);
            }
            return text.toString();
        }
    }
}
