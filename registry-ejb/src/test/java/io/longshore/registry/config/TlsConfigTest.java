package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsConfigTest {
    private static final String CERTIFICATE = "/etc/registry/tls.crt";
    private static final String KEY = "/etc/registry/tls.key";

    /** The keys tested here. */
    static List<String> keys() {
        return List.of("http.tls.certificate", "http.tls.key", "http.tls.clientcas", "http.tls.clientauth",
                "http.tls.minimumtls", "http.tls.ciphersuites");
    }

    private static Given pair() {
        return Given.key("http.tls.certificate", CERTIFICATE).variable("REGISTRY_HTTP_TLS_KEY", KEY);
    }

    private static TlsConfig tls(Given given) {
        return given.config().http().tls().orElseThrow();
    }

    @Test
    void isNotThereWithoutACertificate() {
        assertThat(Given.nothing().config().http().tls()).isEmpty();
    }

    @Test
    void hasDefaults() {
        assertThat(tls(pair())).isEqualTo(new TlsConfig(
                Path.of(CERTIFICATE), Path.of(KEY), Optional.empty(), TlsConfig.Version.TLS_1_2, List.of()));
    }

    @Test
    void takesEveryKeyOfDistribution() {
        TlsConfig tls = tls(Given.file("""
                http:
                  tls:
                    certificate: /etc/registry/tls.crt
                    key: /etc/registry/tls.key
                    clientcas:
                      - /etc/registry/staff.pem
                      - /etc/registry/robots.pem
                    clientauth: verify-client-cert-if-given
                    minimumtls: tls1.3
                    ciphersuites:
                      - TLS_AES_256_GCM_SHA384
                      - TLS_AES_128_GCM_SHA256
                """));

        assertThat(tls).isEqualTo(new TlsConfig(
                Path.of(CERTIFICATE),
                Path.of(KEY),
                Optional.of(new TlsConfig.Clients(
                        List.of(Path.of("/etc/registry/staff.pem"), Path.of("/etc/registry/robots.pem")),
                        TlsConfig.ClientAuth.VERIFY_CLIENT_CERT_IF_GIVEN)),
                TlsConfig.Version.TLS_1_3,
                List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256")));
    }

    @Test
    void clientsOfKnownAuthoritiesMustShowACertificateUnlessTheConfigurationSaysOtherwise() {
        assertThat(tls(pair().variable("REGISTRY_HTTP_TLS_CLIENTCAS_0", "/ca.pem")).clients())
                .contains(new TlsConfig.Clients(
                        List.of(Path.of("/ca.pem")), TlsConfig.ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT));
    }

    @ParameterizedTest
    @EnumSource
    void knowsTheModesByTheNamesOfDistribution(TlsConfig.ClientAuth auth) {
        Given given = pair().variable("REGISTRY_HTTP_TLS_CLIENTCAS", "/ca.pem")
                .variable("REGISTRY_HTTP_TLS_CLIENTAUTH", auth.toString());

        assertThat(tls(given).clients().orElseThrow().auth()).isEqualTo(auth);
    }

    @ParameterizedTest
    @CsvSource({
        "request-client-cert, false, false",
        "require-any-client-cert, true, false",
        "verify-client-cert-if-given, false, true",
        "require-and-verify-client-cert, true, true",
    })
    void saysOfEachModeWhetherACertificateMustBeThereAndWhetherItIsProof(String name, boolean required, boolean proof) {
        TlsConfig.ClientAuth auth = tls(pair().variable("REGISTRY_HTTP_TLS_CLIENTCAS", "/ca.pem")
                .variable("REGISTRY_HTTP_TLS_CLIENTAUTH", name)).clients().orElseThrow().auth();

        assertThat(auth.required()).isEqualTo(required);
        assertThat(auth.verified()).isEqualTo(proof);
    }

    @Test
    void needsKeyAndCertificateTogether() {
        assertThat(Given.key("http.tls.certificate", CERTIFICATE).problems()).containsExactly(
                "http.tls.certificate (REGISTRY_HTTP_TLS_CERTIFICATE): expected http.tls.key to be set too");
        assertThat(Given.key("http.tls.key", KEY).problems()).containsExactly(
                "http.tls.key (REGISTRY_HTTP_TLS_KEY): expected http.tls.certificate to be set too");
    }

    @ParameterizedTest
    @CsvSource({
        "http.tls.clientcas, /ca.pem",
        "http.tls.minimumtls, tls1.3",
        "http.tls.ciphersuites, TLS_AES_256_GCM_SHA384",
    })
    void doesNotServeWithoutTlsWhoeverSetsSomethingOfIt(String key, String value) {
        assertThat(Given.key(key, value).problems()).containsExactly(
                key + " (" + Key.variable(key) + "): expected http.tls.certificate to be set too");
    }

    @Test
    void doesNotLeaveClientsUnaskedForWantOfAuthorities() {
        Given given = pair().variable("REGISTRY_HTTP_TLS_CLIENTAUTH", "require-and-verify-client-cert")
                .variable("REGISTRY_HTTP_TLS_CLIENTCAS", "[]");

        assertThat(given.problems()).containsExactly(
                "http.tls.clientauth (REGISTRY_HTTP_TLS_CLIENTAUTH): expected http.tls.clientcas to be set too");
    }

    @Test
    void doesNotShowAKeyThatStandsInThePlaceOfItsFile() {
        String key = "-----BEGIN PRIVATE KEY----- hunter2 -----END PRIVATE KEY-----";

        assertThat(pair().variable("REGISTRY_HTTP_TLS_KEY", key).problems()).containsExactly(
                "http.tls.key (REGISTRY_HTTP_TLS_KEY): expected the path of a file, not what is in it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls1.0", "tls1.1"})
    void saysWhyOldVersionsAreNotSpoken(String version) {
        assertThat(pair().variable("REGISTRY_HTTP_TLS_MINIMUMTLS", version).problems()).containsExactly(
                "http.tls.minimumtls (REGISTRY_HTTP_TLS_MINIMUMTLS): expected one of tls1.2, tls1.3, since what came"
                        + " before them is broken and Java does not speak it, not \"" + version + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "http.tls.minimumtls, 1.2",
        "http.tls.clientauth, none",
        "http.tls.clientauth, REQUEST_CLIENT_CERT",
    })
    void rejectsAndSaysWhatWouldBeRight(String key, String value) {
        Given given = pair().variable("REGISTRY_HTTP_TLS_CLIENTCAS", "/ca.pem").variable(Key.variable(key), value);

        assertThat(given.problems())
                .singleElement().asString()
                .startsWith(key + " (" + Key.variable(key) + "): expected one of ")
                .endsWith(", not \"" + value + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "TLS_RSA_WITH_RC4_128_SHA",
        "TLS_RSA_WITH_NULL_SHA256",
        "TLS_DH_anon_WITH_AES_128_GCM_SHA256",
        "TLS_EMPTY_RENEGOTIATION_INFO_SCSV",
        "ECDHE-RSA-AES128-GCM-SHA256",
    })
    void rejectsCipherSuitesThatTheJdkDoesNotSpeak(String suite) {
        assertThat(pair().variable("REGISTRY_HTTP_TLS_CIPHERSUITES", suite).problems())
                .singleElement().asString()
                .startsWith("http.tls.ciphersuites (REGISTRY_HTTP_TLS_CIPHERSUITES): expected cipher suites that this JDK"
                        + " speaks, not \"" + suite + "\"; the nearest is TLS_");
    }

    @Test
    void warnsOfCipherSuitesThatNoConnectionCanHave() {
        Given given = pair().variable("REGISTRY_HTTP_TLS_MINIMUMTLS", "tls1.3")
                .variable("REGISTRY_HTTP_TLS_CIPHERSUITES", "[TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]");

        assertThat(given.warnings()).containsExactly("http.tls.ciphersuites (REGISTRY_HTTP_TLS_CIPHERSUITES): suites of"
                + " TLS 1.2 have no effect while http.tls.minimumtls is tls1.3");
    }

    @Test
    void refusesLetsEncryptAndNamesTheRecipe() {
        assertThat(Given.file("http: {tls: {letsencrypt: {cachefile: /c, email: a@b.example, hosts: [b.example]}}}")
                        .problems())
                .singleElement().asString()
                .startsWith("http.tls.letsencrypt (" + Given.FILE + " line 1): not available in this version.")
                .contains("certbot", "docs/tls.md");
    }

    @Test
    void reportsAllProblemsTogether() {
        assertThat(Given.file("http: {tls: {certificate: /c, minimumtls: ssl3, clientauth: any, ciphersuites: [X]}}")
                        .problems())
                .hasSize(5);
    }
}
