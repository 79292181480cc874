package io.longshore.registry.access.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.access.CertificateAuthority;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.config.Secret;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LdapGroupsTest {
    private static final String ALICE = "uid=Alice," + TestDirectory.PEOPLE;

    private static TestDirectory directory;

    /** Developers are staff, staff is in everyone, and everyone is in developers again. */
    @BeforeAll
    static void startTheDirectory() throws Exception {
        directory = TestDirectory.start(new CertificateAuthority())
                .addUser("Alice", "secret", "memberOf: " + group("Developers"), "memberOf: no dn",
                        "memberOf: cn=gone," + TestDirectory.GROUPS)
                .addUser("bob", "secret")
                .addUser("eve", "secret", "memberOf: " + group("everyone"),
                        "memberOf: cn=operators," + TestDirectory.PEOPLE)
                .addGroup("Developers", "member: " + ALICE, "member: " + group("everyone"),
                        "memberOf: " + group("staff"), "description: those who write")
                .addGroup("staff", "member: " + group("Developers"), "memberOf: " + group("everyone"),
                        "description: those who work")
                .addGroup("everyone", "member: " + group("staff"), "memberOf: " + group("developers"))
                .addGroup("operators", "memberUid: Alice", "memberUid: bob", "objectClass: posixGroup");
        for (int number = 0; number < 120; number++) {
            directory.addGroup("many" + number, "member: uid=bob," + TestDirectory.PEOPLE);
        }
        directory.addGroup("more", "member: cn=many119," + TestDirectory.GROUPS);
    }

    @AfterAll
    static void stopIt() {
        directory.close();
    }

    private static String group(String name) {
        return "cn=" + name + "," + TestDirectory.GROUPS;
    }

    private static LdapSettings.Groups byAttribute(String nameAttribute, int levels) {
        return new LdapSettings.Groups(Optional.of("memberOf"), Optional.empty(), nameAttribute, levels);
    }

    private static LdapSettings.Groups bySearch(String filter, int levels) {
        return new LdapSettings.Groups(
                Optional.empty(), Optional.of(new LdapSettings.GroupSearch(TestDirectory.GROUPS, filter)), "cn", levels);
    }

    private static Set<String> groups(String user, LdapSettings.Groups groups) throws IOException {
        LdapSettings settings = directory.settings();
        try (LdapAuthenticator ldap = LdapAuthenticator.open(new LdapSettings(
                settings.servers(), settings.tls(), settings.account(), settings.users(), groups,
                settings.connections()))) {
            Identity identity =
                    ldap.authenticate(new Credentials.Password(user, Secret.of("secret"))).orElseThrow();
            assertThat(ldap.refresh(identity)).contains(identity);
            return identity.groups();
        }
    }

    @Test
    void findsGroupsInAnAttributeOfTheUser() throws IOException {
        assertThat(groups("alice", byAttribute("cn", 0))).containsExactlyInAnyOrder("Developers", "gone");
        assertThat(groups("bob", byAttribute("cn", 0))).isEmpty();
    }

    @Test
    void readsTheGroupsWhoseNameIsNotInTheirDn() throws IOException {
        assertThat(groups("alice", byAttribute("description", 1)))
                .containsExactlyInAnyOrder("those who write", "those who work");
    }

    @Test
    void findsGroupsByTheirMembers() throws IOException {
        assertThat(groups("alice", bySearch("(member={dn})", 0))).containsExactly("Developers");
        assertThat(groups("alice", bySearch("(member={0})", 0))).containsExactly("Developers");
    }

    @Test
    void findsGroupsThatListNames() throws IOException {
        String filter = "(&(objectClass=posixGroup)(memberUid={user}))";

        assertThat(groups("alice", bySearch(filter, 3))).containsExactly("operators");
        assertThat(groups("bob", bySearch("(memberUid={1})", 0))).containsExactly("operators");
    }

    @Test
    void findsGroupsBothWays() throws IOException {
        LdapSettings.Groups groups = new LdapSettings.Groups(
                Optional.of("memberOf"),
                Optional.of(new LdapSettings.GroupSearch(TestDirectory.GROUPS, "(memberUid={user})")), "cn", 0);

        assertThat(groups("alice", groups)).containsExactlyInAnyOrder("Developers", "gone", "operators");
    }

    /** Whoever may make groups somewhere else could call one as one that a rule speaks of. */
    @Test
    void groupsElsewhereThanInTheBaseAreNone() throws IOException {
        LdapSettings.Groups groups = new LdapSettings.Groups(
                Optional.of("memberOf"),
                Optional.of(new LdapSettings.GroupSearch(TestDirectory.GROUPS, "(memberUid={user})")), "cn", 2);

        assertThat(groups("eve", groups)).containsExactlyInAnyOrder("everyone", "developers", "staff");
        assertThat(groups("eve", byAttribute("cn", 2)))
                .containsExactlyInAnyOrder("everyone", "developers", "staff", "operators");
    }

    @Test
    void goesUpAsManyLevelsAsItIsTold() throws IOException {
        assertThat(groups("alice", bySearch("(member={dn})", 1))).containsExactlyInAnyOrder("Developers", "staff");
        assertThat(groups("alice", byAttribute("cn", 1))).containsExactlyInAnyOrder("Developers", "gone", "staff");
    }

    @Test
    void groupsThatAreInEachOtherComeToAnEnd() throws IOException {
        int before = directory.filters().size();

        assertThat(groups("alice", bySearch("(member={dn})", Integer.MAX_VALUE)))
                .containsExactlyInAnyOrder("Developers", "staff", "everyone");
        assertThat(groups("alice", byAttribute("cn", Integer.MAX_VALUE)))
                .containsExactlyInAnyOrder("Developers", "gone", "staff", "everyone");
        assertThat(directory.filters().size() - before).as("searches").isLessThan(40);
    }

    @Test
    void asksAboutManyGroupsAtOnce() throws IOException {
        int before = directory.filters().size();

        assertThat(groups("bob", bySearch("(member={dn})", 1))).hasSize(121).contains("many0", "many119", "more");
        assertThat(directory.filters().size() - before).as("searches").isLessThan(15);
    }

    @Test
    void sendsTheMatchingRuleOfActiveDirectoryAsItIs() throws IOException {
        String filter = "(member" + TestDirectory.IN_CHAIN + "{dn})";

        assertThat(groups("alice", bySearch(filter, 0))).containsExactly("Developers");
        assertThat(directory.filters()).contains("(member" + TestDirectory.IN_CHAIN + ALICE + ")");
    }
}
