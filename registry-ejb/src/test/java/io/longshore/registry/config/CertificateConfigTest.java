package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateConfigTest {

    private static Optional<CertificateConfig> read(String yaml) {
        AuthConfig auth = Given.file(yaml).config().auth();
        assertThat(auth.open()).isEqualTo(auth.logins().certificate().isEmpty());
        return auth.logins().certificate();
    }

    @ParameterizedTest
    @EnumSource(CertificateConfig.Name.class)
    void readsWhereTheNameIs(CertificateConfig.Name name) {
        assertThat(read("auth: {certificate: {name: " + name.name().toLowerCase(Locale.ROOT) + "}}"))
                .contains(new CertificateConfig(name, "", Optional.empty()));
    }

    @Test
    void readsAllKeys() {
        assertThat(read("auth: {certificate: {name: cn, prefix: 'cert-', groups: o}}")).contains(
                new CertificateConfig(CertificateConfig.Name.CN, "cert-", Optional.of(CertificateConfig.Groups.O)));
    }

    @Test
    void isThereOnlyIfItIsNamed() {
        assertThat(read("auth: {}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth: certificate", "auth: {certificate: }", "auth: {certificate: {prefix: a}}"})
    void refusesASectionWithoutAName(String yaml) {
        assertThat(Given.file(yaml).problems()).containsExactly(
                "auth.certificate (/etc/registry/config.yml line 1): expected auth.certificate.name to be set");
    }

    @Test
    void refusesOtherNames() {
        assertThat(Given.file("auth: {certificate: {name: serial}}").problems())
                .singleElement().asString().contains("expected one of cn, dn, email, dns, uri");
    }
}
