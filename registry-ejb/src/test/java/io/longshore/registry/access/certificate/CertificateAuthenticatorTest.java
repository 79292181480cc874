package io.longshore.registry.access.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.access.CertificateAuthority;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.config.Secret;
import io.longshore.registry.permission.Subject;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAuthenticatorTest {
    private static final CertificateAuthority AUTHORITY = new CertificateAuthority();
    private static final X509Certificate COMPLETE = certificate(
            "O=Example,OU=Platform+OU=Build,CN=Alice",
            mail("alice@example.com"), dns("Build-7.Example.COM"), uri("spiffe://example.com/ns/ci/sa/build"));

    private static X509Certificate certificate(String subject, GeneralName... alternatives) {
        return AUTHORITY.issue(subject, alternatives).certificate();
    }

    private static GeneralName mail(String name) {
        return new GeneralName(GeneralName.rfc822Name, name);
    }

    private static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    private static GeneralName uri(String name) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, name);
    }

    private static CertificateAuthenticator by(CertificateName name) {
        return new CertificateAuthenticator(name, "", Optional.empty(), Clock.systemUTC());
    }

    private static Optional<String> name(CertificateName kind, X509Certificate certificate) {
        return by(kind)
                .authenticate(new Credentials.Certificate(certificate))
                .map(identity -> identity.subject().name());
    }

    @Test
    void theNameStandsWhereItIsSaidToStand() {
        assertThat(name(CertificateName.CN, COMPLETE)).contains("Alice");
        assertThat(name(CertificateName.DN, COMPLETE)).get().asString().startsWith("CN=Alice,").endsWith(",O=Example");
        assertThat(name(CertificateName.EMAIL, COMPLETE)).contains("alice@example.com");
        assertThat(name(CertificateName.DNS, COMPLETE)).contains("build-7.example.com");
        assertThat(name(CertificateName.URI, COMPLETE)).contains("spiffe://example.com/ns/ci/sa/build");
    }

    @Test
    void isAUserWithoutGroupsUnlessTheyAreAskedFor() {
        Identity alice = by(CertificateName.CN).authenticate(new Credentials.Certificate(COMPLETE)).orElseThrow();

        assertThat(alice.subject()).isEqualTo(Subject.parse("user:Alice"));
        assertThat(alice.source()).isEqualTo(by(CertificateName.CN).name()).isEqualTo("certificate");
        assertThat(alice.groups()).isEmpty();
        assertThat(alice.limits()).isEmpty();
    }

    @Test
    void groupsAreInTheSubjectAndThePrefixIsBeforeAllNames() {
        CertificateAuthenticator ou =
                new CertificateAuthenticator(CertificateName.CN, "cert-", Optional.of("OU"), Clock.systemUTC());
        CertificateAuthenticator o =
                new CertificateAuthenticator(CertificateName.CN, "", Optional.of("O"), Clock.systemUTC());

        Identity alice = ou.authenticate(new Credentials.Certificate(COMPLETE)).orElseThrow();

        assertThat(alice.subject()).isEqualTo(Subject.parse("user:cert-Alice"));
        assertThat(alice.groups()).containsExactlyInAnyOrder("cert-Platform", "cert-Build");
        assertThat(o.authenticate(new Credentials.Certificate(COMPLETE)).orElseThrow().groups())
                .containsExactly("Example");
    }

    @ParameterizedTest
    @EnumSource(value = CertificateName.class, names = "DN", mode = EnumSource.Mode.EXCLUDE)
    void refusesCertificatesThatHaveNoneOfTheKindOrSeveral(CertificateName kind) {
        X509Certificate none = certificate("O=alice");
        X509Certificate several = certificate(
                "CN=a,CN=b", mail("a@a"), mail("b@a"), dns("a"), dns("b"), uri("a:a"), uri("a:b"));

        assertThat(name(kind, none)).isEmpty();
        assertThat(name(kind, several)).isEmpty();
    }

    @Test
    void takesANameThatStandsThereTwice() {
        assertThat(name(CertificateName.DNS, certificate("", dns("a.example.com"), dns("A.example.com"))))
                .contains("a.example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\00b", "a\\0Ab", "a\\E2\\80\\AEb", "\\20a", ""})
    void refusesNamesThatUsersCannotHave(String name) {
        assertThat(name(CertificateName.CN, certificate("CN=" + name))).isEmpty();
    }

    @Test
    void refusesNamesThatAreTooLongOrEmpty() {
        X509Certificate certificate = certificate("", uri("a:" + "x".repeat(254)));

        assertThat(name(CertificateName.URI, certificate)).isEmpty();
        assertThat(name(CertificateName.DN, certificate)).isEmpty();
    }

    /** Such a comma does not make another attribute. */
    @Test
    void readsEscapedCharactersAsPartOfTheName() {
        assertThat(name(CertificateName.CN, certificate("CN=alice\\,CN\\=bob\\+OU\\=admins")))
                .contains("alice,CN=bob+OU=admins");
        assertThat(name(CertificateName.CN, certificate("CN=Zoë Ødegård"))).contains("Zoë Ødegård");
    }

    @Test
    void knowsNothingOfPasswords() {
        assertThat(by(CertificateName.CN).authenticate(new Credentials.Password("Alice", Secret.of("a")))).isEmpty();
    }

    @Test
    void endsWithTheCertificate() {
        Instant end = COMPLETE.getNotAfter().toInstant();
        CertificateAuthenticator before = at(end);
        CertificateAuthenticator after = at(end.plus(Duration.ofSeconds(1)));
        Credentials shown = new Credentials.Certificate(COMPLETE);

        Identity alice = before.authenticate(shown).orElseThrow();

        assertThat(before.refresh(alice)).contains(alice);
        assertThat(after.authenticate(shown)).isEmpty();
        assertThat(after.refresh(alice)).isEmpty();
        assertThat(at(COMPLETE.getNotBefore().toInstant().minusSeconds(1)).authenticate(shown)).isEmpty();
    }

    @Test
    void refreshesNobodyElse() {
        assertThat(by(CertificateName.CN).refresh(Identity.user("Alice", Set.of(), "htpasswd"))).isEmpty();
    }

    private static CertificateAuthenticator at(Instant now) {
        return new CertificateAuthenticator(
                CertificateName.CN, "", Optional.empty(), Clock.fixed(now, ZoneOffset.UTC));
    }
}
