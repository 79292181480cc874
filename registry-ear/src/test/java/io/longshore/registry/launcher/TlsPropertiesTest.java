package io.longshore.registry.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.config.TlsConfig;
import io.longshore.registry.config.TlsConfig.ClientAuth;
import io.longshore.registry.config.TlsConfig.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsPropertiesTest {
    private static final String SUITES_12 = "longshore.tls.suites.12";
    private static final String SUITES_13 = "longshore.tls.suites.13";

    private static Map<String, String> properties(Optional<ClientAuth> auth, Version minimum, String... suites) {
        return TlsProperties.of(new TlsConfig(Path.of("tls.crt"), Path.of("tls.key"),
                auth.map(mode -> new TlsConfig.Clients(List.of(Path.of("ca.crt")), mode)), minimum, List.of(suites)));
    }

    @Test
    void asksNoClientForACertificateWithoutAuthorities() {
        assertThat(properties(Optional.empty(), Version.TLS_1_2))
                .containsEntry("longshore.tls.client.needed", "false")
                .containsEntry("longshore.tls.client.wanted", "false");
    }

    @ParameterizedTest
    @EnumSource
    void eitherNeedsOrWantsACertificate(ClientAuth auth) {
        assertThat(properties(Optional.of(auth), Version.TLS_1_2))
                .containsEntry("longshore.tls.client.needed", Boolean.toString(auth.required()))
                .containsEntry("longshore.tls.client.wanted", Boolean.toString(!auth.required()));
    }

    @Test
    void speaksOnlySuitesThatTheJdkHas() throws Exception {
        Map<String, String> standard = properties(Optional.empty(), Version.TLS_1_2);

        assertThat(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites())
                .contains(standard.get(SUITES_12).split(":"))
                .contains(standard.get(SUITES_13).split(":"));
    }

    @Test
    void givesEachVersionItsSuitesInTheOrderGiven() {
        assertThat(properties(Optional.empty(), Version.TLS_1_2, "TLS_AES_128_GCM_SHA256",
                        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384",
                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))
                .containsEntry(SUITES_12,
                        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384:TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
                .containsEntry(SUITES_13, "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384");
    }

    /** Without that suite among those of the engine the server does not offer HTTP/2. */
    @Test
    void keepsHttp2WhereOnlyTls13IsSpoken() {
        assertThat(properties(Optional.empty(), Version.TLS_1_3, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"))
                .containsEntry("longshore.tls.protocols", "TLSv1.3")
                .extractingByKey(SUITES_12).asString().contains("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    }
}
