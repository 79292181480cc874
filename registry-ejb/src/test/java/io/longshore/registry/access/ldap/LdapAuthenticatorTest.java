package io.longshore.registry.access.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.longshore.registry.access.CertificateAuthority;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.config.Secret;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LdapAuthenticatorTest {
    private static final CertificateAuthority AUTHORITY = new CertificateAuthority();

    private final List<LdapAuthenticator> opened = new ArrayList<>();
    private TestDirectory directory;

    @BeforeEach
    void startTheDirectory() throws Exception {
        directory = TestDirectory.start(AUTHORITY)
                .addUser("Alice", "correct horse", "mail: alice@example.com")
                .addUser("bob", "pässwörd 🐴");
    }

    @AfterEach
    void stopIt() {
        opened.forEach(LdapAuthenticator::close);
        directory.close();
    }

    private LdapAuthenticator open() throws IOException {
        return open(directory.settings());
    }

    private LdapAuthenticator open(LdapSettings settings) throws IOException {
        LdapAuthenticator ldap = LdapAuthenticator.open(settings);
        opened.add(ldap);
        return ldap;
    }

    private LdapSettings finding(String filter, String nameAttribute) {
        LdapSettings settings = directory.settings();
        return new LdapSettings(
                settings.servers(), settings.tls(), settings.account(),
                new LdapSettings.Users(TestDirectory.PEOPLE, filter, nameAttribute), settings.groups(),
                settings.connections());
    }

    private LdapSettings searchingAs(LdapSettings.Account account) {
        LdapSettings settings = directory.settings();
        return new LdapSettings(
                settings.servers(), settings.tls(), Optional.ofNullable(account), settings.users(), settings.groups(),
                settings.connections());
    }

    private static Credentials shown(String user, String password) {
        return new Credentials.Password(user, Secret.of(password));
    }

    @Test
    void knowsWhoShowsTheRightPassword() throws IOException {
        Identity alice = open().authenticate(shown("Alice", "correct horse")).orElseThrow();

        assertThat(alice.subject()).isEqualTo(Subject.parse("user:Alice"));
        assertThat(alice.groups()).isEmpty();
        assertThat(alice.source()).isEqualTo(open().name()).isEqualTo("ldap");
        assertThat(alice.limits()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "ALICE", "aLICE"})
    void usersHaveTheNameThatTheDirectorySpells(String name) throws IOException {
        assertThat(open().authenticate(shown(name, "correct horse")).orElseThrow().subject())
                .isEqualTo(Subject.parse("user:Alice"));
    }

    @Test
    void usersMayShowAnotherAttributeThanTheirName() throws IOException {
        LdapAuthenticator ldap = open(finding("(|(uid={0})(mail={0}))", "uid"));

        assertThat(ldap.authenticate(shown("alice@example.com", "correct horse")).orElseThrow().subject())
                .isEqualTo(ldap.authenticate(shown("alice", "correct horse")).orElseThrow().subject())
                .isEqualTo(Subject.parse("user:Alice"));
    }

    @Test
    void passwordsMayHaveAnyCharacters() throws IOException {
        assertThat(open().authenticate(shown("bob", "pässwörd 🐴"))).isPresent();
        assertThat(open().authenticate(shown("bob", "password 🐴"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "Correct horse", "correct horse ", "correct horse\0", "*"})
    void refusesOtherPasswords(String password) throws IOException {
        assertThat(open().authenticate(shown("alice", password))).isEmpty();
    }

    /** Servers answer a bind without a password with success, whoever it names. */
    @Test
    void doesNotEvenAskTheDirectoryAboutAnEmptyPassword() throws IOException {
        LdapAuthenticator ldap = open();
        directory.binds().clear();

        assertThat(ldap.authenticate(shown("alice", ""))).isEmpty();
        assertThat(directory.binds()).isEmpty();
        assertThat(directory.filters()).isEmpty();
    }

    @Test
    void bindsForAnUnknownNameToo() throws IOException {
        LdapAuthenticator ldap = open();
        directory.binds().clear();

        assertThat(ldap.authenticate(shown("mallory", "correct horse"))).isEmpty();
        assertThat(directory.binds()).singleElement().asString().matches("uid=[0-9a-f-]{36}," + TestDirectory.PEOPLE);
    }

    @Test
    void refusesANameThatSeveralEntriesHave() throws Exception {
        directory.add("dn: ou=more," + TestDirectory.PEOPLE, "objectClass: organizationalUnit", "ou: more");
        for (String unit : List.of("ou=more,", "ou=more,ou=more,")) {
            if (unit.startsWith("ou=more,ou")) {
                directory.add("dn: ou=more,ou=more," + TestDirectory.PEOPLE, "objectClass: organizationalUnit");
            }
            directory.add("dn: uid=bob," + unit + TestDirectory.PEOPLE, "objectClass: inetOrgPerson", "uid: bob",
                    "userPassword: other");
        }
        LdapAuthenticator ldap = open();

        assertThat(ldap.authenticate(shown("bob", "pässwörd 🐴"))).isEmpty();
        assertThat(ldap.authenticate(shown("bob", "other"))).isEmpty();
        assertThat(ldap.authenticate(shown("alice", "correct horse"))).isPresent();
    }

    @Test
    void ofSeveralNamesTakesTheOneInTheDn() throws Exception {
        directory.addUser("carol", "secret", "uid: caro", "uid: Aaron", "sn: A", "sn: B");

        assertThat(List.of("carol", "caro", "aaron")).allSatisfy(name -> assertThat(
                        open().authenticate(shown(name, "secret")).orElseThrow().subject())
                .isEqualTo(Subject.parse("user:carol")));
        assertThat(open(finding("(uid={user})", "sn")).authenticate(shown("carol", "secret"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cn: a\u200Bb", "cn:: YQpi"})
    void refusesEntriesWithoutANameThatUsersCanHave(String attribute) throws Exception {
        directory.addUser("carol", "secret", attribute.isEmpty() ? new String[0] : new String[] {attribute});

        assertThat(open(finding("(uid={user})", "cn")).authenticate(shown("carol", "secret"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"userAccountControl: 514", "nsAccountLock: TRUE", "pwdAccountLockedTime: 000001010000Z"})
    void refusesAccountsThatAreDisabled(String attribute) throws Exception {
        directory.addUser("carol", "secret", attribute);

        assertThat(open().authenticate(shown("carol", "secret"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"userAccountControl: 512", "nsAccountLock: FALSE", "pwdAccountLockedTime: 20200101000000Z"})
    void leavesItToTheServerWhetherOthersMayBind(String attribute) throws Exception {
        directory.addUser("carol", "secret", attribute);

        assertThat(open().authenticate(shown("carol", "secret"))).isPresent();
    }

    @Test
    void refusesAnEntryWithoutAPassword() throws Exception {
        directory.add("dn: uid=carol," + TestDirectory.PEOPLE, "objectClass: inetOrgPerson", "uid: carol");

        assertThat(open().authenticate(shown("carol", "secret"))).isEmpty();
    }

    @Test
    void searchesAnonymouslyIfThereIsNoAccount() throws Exception {
        directory.close();
        directory = TestDirectory.startForAnonymousSearches(AUTHORITY).addUser("alice", "correct horse");

        assertThat(open(searchingAs(null)).authenticate(shown("alice", "correct horse"))).isPresent();
    }

    /** That is no fault of whoever logs in. */
    @Test
    void cannotTellWhileItsOwnPasswordIsWrong() throws IOException {
        LdapAuthenticator ldap =
                open(searchingAs(new LdapSettings.Account(TestDirectory.ACCOUNT.dn(), Secret.of("hunter2"))));

        assertThatIOException().isThrownBy(() -> ldap.authenticate(shown("alice", "correct horse")))
                .withMessageContaining("invalid credentials")
                .satisfies(e -> assertThat(trace(e)).doesNotContain("hunter2", "correct horse"));
    }

    @Test
    void cannotTellWhereTheBaseOfUsersIsMissing() throws Exception {
        directory.server().deleteSubtree(TestDirectory.PEOPLE);

        assertThatIOException().isThrownBy(() -> open().authenticate(shown("alice", "correct horse")))
                .withMessageContaining(TestDirectory.PEOPLE);
    }

    private static String trace(Throwable e) {
        return e == null ? "" : e + "\n" + trace(e.getCause());
    }

    @Test
    void refreshSaysWhetherTheUserIsStillThere() throws Exception {
        LdapAuthenticator ldap = open(finding("(|(uid={0})(mail={0}))", "uid"));
        Identity alice = ldap.authenticate(shown("alice@example.com", "correct horse")).orElseThrow();
        directory.binds().clear();

        assertThat(ldap.refresh(alice)).contains(alice);
        assertThat(directory.binds()).as("binds").isEmpty();

        directory.server().modify("uid=Alice," + TestDirectory.PEOPLE,
                new Modification(ModificationType.REPLACE, "userAccountControl", "514"));
        assertThat(ldap.refresh(alice)).isEmpty();

        directory.server().delete("uid=Alice," + TestDirectory.PEOPLE);
        assertThat(ldap.refresh(alice)).isEmpty();

        directory.addUser("mallory", "secret", "mail: alice@example.com");
        assertThat(ldap.refresh(alice)).as("somebody else who has the name that was shown").isEmpty();
    }

    @Test
    void refreshCannotTellWhileNoServerAnswers() throws IOException {
        LdapAuthenticator ldap = open();
        Identity alice = ldap.authenticate(shown("alice", "correct horse")).orElseThrow();
        directory.close();

        assertThatIOException().isThrownBy(() -> ldap.refresh(alice));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(uid={user}", "(uid={name})", "(&(uid={user})", ""})
    void doesNotStartWithAFilterThatIsNone(String filter) {
        assertThatIllegalArgumentException().isThrownBy(() -> open(finding(filter, "uid")))
                .withMessageContaining("expected a filter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "people", "ou=people,dc"})
    void doesNotStartWithABaseThatIsNone(String base) {
        LdapSettings settings = directory.settings();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(new LdapSettings(
                        settings.servers(), settings.tls(), settings.account(),
                        new LdapSettings.Users(base, "(uid={user})", "uid"), settings.groups(),
                        settings.connections())))
                .withMessageContaining("expected a DN");
    }
}
