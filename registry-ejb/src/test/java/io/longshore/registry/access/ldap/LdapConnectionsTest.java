package io.longshore.registry.access.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.access.CertificateAuthority;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LdapConnectionsTest {
    private static final CertificateAuthority AUTHORITY = new CertificateAuthority();
    private static final Credentials ALICE = new Credentials.Password("alice", Secret.of("secret"));
    private static final LdapSettings.Tls IN_THE_CLEAR = new LdapSettings.Tls(false, Optional.empty());

    private final List<AutoCloseable> opened = new ArrayList<>();
    @TempDir
    private Path folder;

    private Path caFile;

    @BeforeEach
    void writeTheAuthority() throws IOException {
        caFile = AUTHORITY.write(folder.resolve("ca.pem"));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private TestDirectory started(TestDirectory directory) throws Exception {
        opened.add(directory);
        return directory.addUser("alice", "secret");
    }

    private LdapAuthenticator open(LdapSettings settings) throws IOException {
        LdapAuthenticator ldap = LdapAuthenticator.open(settings);
        opened.add(ldap);
        return ldap;
    }

    private LdapAuthenticator open(LdapSettings.Tls tls, LdapSettings.Server... servers) throws IOException {
        return open(TestDirectory.settings(List.of(servers), tls));
    }

    private LdapSettings.Tls trusting(Path file, boolean startTls) {
        return new LdapSettings.Tls(startTls, Optional.of(file));
    }

    private static LdapSettings.Server server(TestDirectory directory, boolean startTls) {
        return startTls ? directory.plain() : directory.secure();
    }

    /** Listens and never says a word. */
    private LdapSettings.Server silent(boolean secure) throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        opened.add(socket);
        return new LdapSettings.Server("localhost", socket.getLocalPort(), secure);
    }

    private static LdapSettings impatient(LdapSettings settings) {
        return new LdapSettings(
                settings.servers(), settings.tls(), settings.account(), settings.users(), settings.groups(),
                new LdapSettings.Connections(2, Duration.ofMillis(300), Duration.ofMillis(300)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void speaksTlsWithServersOfATrustedAuthority(boolean startTls) throws Exception {
        TestDirectory directory = started(TestDirectory.start(AUTHORITY));

        assertThat(open(trusting(caFile, startTls), server(directory, startTls)).authenticate(ALICE)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsNothingToServersOfOtherAuthorities(boolean startTls) throws Exception {
        TestDirectory directory = started(TestDirectory.start(new CertificateAuthority()));
        LdapAuthenticator ldap = open(trusting(caFile, startTls), server(directory, startTls));
        LdapAuthenticator ofTheJvm =
                open(new LdapSettings.Tls(startTls, Optional.empty()), server(directory, startTls));

        assertThatIOException().isThrownBy(() -> ldap.authenticate(ALICE));
        assertThatIOException().isThrownBy(() -> ofTheJvm.authenticate(ALICE));
        assertThat(directory.binds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsNothingToServersOfAnotherName(boolean startTls) throws Exception {
        TestDirectory directory = started(TestDirectory.start(
                AUTHORITY.issue("CN=localhost", new GeneralName(GeneralName.dNSName, "ldap.example.com"))));
        LdapAuthenticator ldap = open(trusting(caFile, startTls), server(directory, startTls));

        assertThatIOException().isThrownBy(() -> ldap.authenticate(ALICE)).withMessageContaining("ldap.example.com");
        assertThat(directory.binds()).isEmpty();
    }

    @Test
    void doesNotStartWithoutItsAuthorities() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Path text = Files.writeString(folder.resolve("text.pem"), "-----BEGIN CERTIFICATE-----\nnone\n");

        for (Path file : List.of(empty, text, folder.resolve("missing.pem"))) {
            assertThatIOException().isThrownBy(() -> open(trusting(file, true), silent(false)))
                    .withMessageContaining(file.toString());
        }
    }

    @Test
    void startsWhileNoServerAnswersAndCannotTellWhoAnybodyIs() throws Exception {
        int port = TestDirectory.freePort();
        LdapAuthenticator ldap = open(IN_THE_CLEAR, new LdapSettings.Server("localhost", port, false));

        assertThatIOException().isThrownBy(() -> ldap.authenticate(ALICE));

        started(TestDirectory.startAt(port, AUTHORITY));
        assertThat(ldap.authenticate(ALICE)).isPresent();
    }

    @Test
    void comesBackWithTheServer() throws Exception {
        int port = TestDirectory.freePort();
        LdapSettings.Server server = new LdapSettings.Server("localhost", port, false);
        TestDirectory first = started(TestDirectory.startAt(port, AUTHORITY));
        LdapAuthenticator ldap = open(IN_THE_CLEAR, server);
        inParallel(8, ldap);

        first.close();
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThatIOException().isThrownBy(() -> ldap.authenticate(ALICE));
        }

        started(TestDirectory.startAt(port, AUTHORITY));
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(ldap.authenticate(ALICE)).isPresent();
        }
        inParallel(8, ldap);
    }

    @Test
    void aServerThatWasRestartedIsNotNoticed() throws Exception {
        int port = TestDirectory.freePort();
        TestDirectory first = started(TestDirectory.startAt(port, AUTHORITY));
        LdapAuthenticator ldap = open(IN_THE_CLEAR, new LdapSettings.Server("localhost", port, false));
        inParallel(8, ldap);

        first.close();
        started(TestDirectory.startAt(port, AUTHORITY));

        assertThat(ldap.authenticate(ALICE)).isPresent();
        inParallel(8, ldap);
    }

    @Test
    void asksTheNextServerWhenOneIsAway() throws Exception {
        TestDirectory first = started(TestDirectory.start(AUTHORITY));
        TestDirectory second = started(TestDirectory.start(AUTHORITY));
        LdapAuthenticator ldap = open(IN_THE_CLEAR, first.plain(), second.plain());

        assertThat(ldap.authenticate(ALICE)).isPresent();
        assertThat(second.binds()).isEmpty();

        first.close();
        assertThat(ldap.authenticate(ALICE)).isPresent();
        assertThat(second.binds()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void asksTheNextServerWhenOneIsNotTrustedOrSilent(boolean startTls) throws Exception {
        TestDirectory stranger = started(TestDirectory.start(new CertificateAuthority()));
        TestDirectory ours = started(TestDirectory.start(AUTHORITY));
        LdapSettings settings = TestDirectory.settings(
                List.of(silent(!startTls), server(stranger, startTls), server(ours, startTls)),
                trusting(caFile, startTls));
        LdapSettings patient = new LdapSettings(
                settings.servers(), settings.tls(), settings.account(), settings.users(), settings.groups(),
                new LdapSettings.Connections(2, Duration.ofSeconds(1), Duration.ofSeconds(10)));

        assertThat(open(patient).authenticate(ALICE)).isPresent();
        assertThat(stranger.binds()).isEmpty();
    }

    @Test
    void doesNotWaitForeverForAServerThatSaysNothing() throws Exception {
        LdapSettings clear = TestDirectory.settings(List.of(silent(false)), IN_THE_CLEAR);
        LdapSettings startTls = TestDirectory.settings(List.of(silent(false)), trusting(caFile, true));
        LdapSettings secure = TestDirectory.settings(List.of(silent(true)), trusting(caFile, false));

        for (LdapSettings settings : List.of(clear, startTls, secure)) {
            LdapAuthenticator ldap = open(impatient(settings));
            assertThatIOException().isThrownBy(() -> ldap.authenticate(ALICE));
        }
    }

    @Test
    void doesNotWaitForeverForAnAnswer() throws Exception {
        TestDirectory directory = started(TestDirectory.start(AUTHORITY));
        LdapAuthenticator ldap = open(new LdapSettings(
                List.of(directory.plain()), IN_THE_CLEAR, Optional.of(TestDirectory.ACCOUNT),
                directory.settings().users(), directory.settings().groups(),
                new LdapSettings.Connections(2, Duration.ofSeconds(10), Duration.ofSeconds(2))));
        assertThat(ldap.authenticate(ALICE)).isPresent();

        directory.server().setProcessingDelayMillis(5_000);
        assertThatIOException().isThrownBy(() -> ldap.authenticate(ALICE));

        directory.server().setProcessingDelayMillis(0);
        assertThat(ldap.authenticate(ALICE)).isPresent();
    }

    @Test
    void followsNoReferrals() throws Exception {
        TestDirectory directory = started(TestDirectory.start(AUTHORITY));
        TestDirectory elsewhere = started(TestDirectory.start(AUTHORITY)).addUser("bob", "secret");
        String url = "ldap://localhost:" + elsewhere.plain().port() + "/";
        directory.add("dn: ou=elsewhere," + TestDirectory.PEOPLE, "objectClass: referral",
                "objectClass: extensibleObject", "ou: elsewhere", "ref: " + url + TestDirectory.PEOPLE);
        LdapAuthenticator ldap = open(IN_THE_CLEAR, directory.plain());

        assertThat(ldap.authenticate(new Credentials.Password("bob", Secret.of("secret")))).isEmpty();
        assertThat(ldap.authenticate(ALICE)).isPresent();
        assertThat(elsewhere.binds()).isEmpty();
        assertThat(elsewhere.filters()).isEmpty();
    }

    @Test
    void servesMoreLoginsAtOnceThanItHasConnections() throws Exception {
        TestDirectory directory = started(TestDirectory.start(AUTHORITY));
        LdapAuthenticator ldap = open(IN_THE_CLEAR, directory.plain());

        inParallel(32, ldap);

        assertThat(directory.binds().stream().filter(TestDirectory.ACCOUNT.dn()::equals).count())
                .as("connections for searches, of 4 at most")
                .isBetween(1L, 4L);
        assertThat(directory.binds()).as("each login tries its password").hasSizeGreaterThan(32);
    }

    private void inParallel(int logins, LdapAuthenticator ldap) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(logins);
        try {
            Callable<Boolean> login = () -> ldap.authenticate(ALICE).isPresent();
            for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(logins, login))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }
}
