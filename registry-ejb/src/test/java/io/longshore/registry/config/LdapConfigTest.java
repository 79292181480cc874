package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LdapConfigTest {
    private static final String SMALLEST = """
            auth:
              ldap:
                urls: ldaps://ldap.example.com
                userbase: ou=people,dc=example,dc=com
            """;

    private static final String ALL = """
            auth:
              ldap:
                urls: ["ldap://a.example.com", "ldap://[2001:db8::1]:3389/"]
                starttls: true
                cafile: /etc/ca.pem
                binddn: cn=registry,dc=example,dc=com
                bindpassword: hunter2
                userbase: ou=people,dc=example,dc=com
                userfilter: (&(objectClass=user)(sAMAccountName={user}))
                username: sAMAccountName
                memberof: memberOf
                groupbase: ou=groups,dc=example,dc=com
                groupfilter: (member:1.2.840.113556.1.4.1941:={dn})
                groupname: displayName
                nestedgroups: 3
                poolsize: 5
                connecttimeout: 1s
                responsetimeout: 2s
            """;

    /** Something else than what is in {@link #ALL}, for each key. */
    private static final Map<String, String> OTHER = Map.ofEntries(
            Map.entry("auth.ldap.urls", "ldap://b.example.com"),
            Map.entry("auth.ldap.starttls", "false"),
            Map.entry("auth.ldap.cafile", "/etc/other.pem"),
            Map.entry("auth.ldap.binddn", "cn=other"),
            Map.entry("auth.ldap.bindpassword", "hunter3"),
            Map.entry("auth.ldap.userbase", "dc=com"),
            Map.entry("auth.ldap.userfilter", "(uid={0})"),
            Map.entry("auth.ldap.username", "uid"),
            Map.entry("auth.ldap.memberof", "isMemberOf"),
            Map.entry("auth.ldap.groupbase", "dc=org"),
            Map.entry("auth.ldap.groupfilter", "(memberUid={user})"),
            Map.entry("auth.ldap.groupname", "cn"),
            Map.entry("auth.ldap.nestedgroups", "0"),
            Map.entry("auth.ldap.poolsize", "6"),
            Map.entry("auth.ldap.connecttimeout", "3s"),
            Map.entry("auth.ldap.responsetimeout", "4s"));

    static Set<String> keys() {
        return OTHER.keySet();
    }

    private static LdapConfig read(Given given) {
        AuthConfig auth = given.config().auth();
        assertThat(auth.open()).isFalse();
        return auth.logins().ldap().orElseThrow();
    }

    @Test
    void hasDefaults() {
        Given given = Given.file(SMALLEST);

        assertThat(read(given)).isEqualTo(new LdapConfig(
                List.of(new LdapConfig.Server("ldap.example.com", 636, true)), false, Optional.empty(),
                Optional.empty(),
                new LdapConfig.Users("ou=people,dc=example,dc=com", "(uid={user})", "uid"),
                new LdapConfig.Groups(Optional.empty(), Optional.empty(), "cn", 0),
                10, Duration.ofSeconds(5), Duration.ofSeconds(10)));
        assertThat(given.warnings()).isEmpty();
    }

    @Test
    void readsAllKeys() {
        Given given = Given.file(ALL);

        assertThat(read(given)).isEqualTo(new LdapConfig(
                List.of(new LdapConfig.Server("a.example.com", 389, false),
                        new LdapConfig.Server("2001:db8::1", 3389, false)),
                true, Optional.of(Path.of("/etc/ca.pem")),
                Optional.of(new LdapConfig.Account("cn=registry,dc=example,dc=com", Secret.of("hunter2"))),
                new LdapConfig.Users(
                        "ou=people,dc=example,dc=com", "(&(objectClass=user)(sAMAccountName={user}))",
                        "sAMAccountName"),
                new LdapConfig.Groups(
                        Optional.of("memberOf"),
                        Optional.of(new LdapConfig.GroupSearch(
                                "ou=groups,dc=example,dc=com", "(member:1.2.840.113556.1.4.1941:={dn})")),
                        "displayName", 3),
                5, Duration.ofSeconds(1), Duration.ofSeconds(2)));
        assertThat(given.warnings()).isEmpty();
        assertThat(read(given).toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyChangesTheConfiguration(String key) {
        assertThat(read(Given.file(ALL).variable(Key.variable(key), OTHER.get(key))))
                .isNotEqualTo(read(Given.file(ALL)));
    }

    @Test
    void isThereOnlyIfItIsNamed() {
        assertThat(Given.nothing().config().auth().logins().ldap()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth: ldap", "auth: {ldap: }", "auth: {ldap: {poolsize: 3}}"})
    void refusesASectionWithoutServersAndUsers(String yaml) {
        assertThat(Given.file(yaml).problems()).containsExactly(
                "auth.ldap (/etc/registry/config.yml line 1): expected auth.ldap.urls to be set",
                "auth.ldap (/etc/registry/config.yml line 1): expected auth.ldap.userbase to be set");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "auth.ldap.urls            | http://a              | expected ldap:// or ldaps://",
        "auth.ldap.urls            | ldap.example.com      | expected ldap:// or ldaps://",
        "auth.ldap.urls            | ldap://a/dc=com       | expected ldap:// or ldaps://",
        "auth.ldap.urls            | ldap://a:0            | expected ldap:// or ldaps://",
        "auth.ldap.urls            | ldap://a:65536        | expected ldap:// or ldaps://",
        "auth.ldap.urls            | ldap://u:p@a          | expected ldap:// or ldaps://",
        "auth.ldap.urls            | ldap://a?x            | expected ldap:// or ldaps://",
        "auth.ldap.userfilter      | (uid=alice)           | expected {user} or {0} in it",
        "auth.ldap.username        | a b                   | expected the name of an attribute",
        "auth.ldap.memberof        | member)(of            | expected the name of an attribute",
        "auth.ldap.groupfilter     | (cn=admins)           | expected {dn} or {user} or {0} or {1} in it",
        "auth.ldap.nestedgroups    | -1                    | expected a whole number",
        "auth.ldap.poolsize        | 0                     | expected a whole number",
        "auth.ldap.responsetimeout | 0s                    | expected a duration",
        "auth.ldap.connecttimeout  | 1h                    | expected a duration"
    })
    void refusesWhatCannotBe(String key, String value, String expected) {
        assertThat(Given.file(ALL).variable(Key.variable(key), value).problems())
                .singleElement().asString().startsWith(key).contains(expected);
    }

    /** A name without a password would bind as nobody, with success. */
    @Test
    void refusesHalfAnAccount() {
        assertThat(Given.file(SMALLEST + "    binddn: cn=registry\n").problems()).containsExactly(
                "auth.ldap.binddn (/etc/registry/config.yml line 5): expected auth.ldap.bindpassword to be set too");
        assertThat(Given.file(SMALLEST + "    bindpassword: hunter2\n").problems()).containsExactly(
                "auth.ldap.bindpassword (/etc/registry/config.yml line 5): expected auth.ldap.binddn to be set too");
    }

    @Test
    void refusesAFilterOfGroupsThatAreNowhere() {
        assertThat(Given.file(SMALLEST + "    groupfilter: (member={dn})\n").problems()).containsExactly(
                "auth.ldap.groupfilter (/etc/registry/config.yml line 5): expected auth.ldap.groupbase to be set too");
    }

    @Test
    void refusesStartTlsWithinTls() {
        assertThat(Given.file(SMALLEST + "    starttls: true\n").problems()).containsExactly(
                "auth.ldap.starttls (/etc/registry/config.yml line 5): expected ldap:// in auth.ldap.urls; ldaps:// is"
                        + " secure without it");
    }

    @Test
    void warnsOfPasswordsInTheClearButOnTheSameMachine() {
        assertThat(Given.file(SMALLEST.replace("ldaps:", "ldap:")).warnings())
                .singleElement().asString().contains("in the clear");
        assertThat(Given.file(SMALLEST.replace("ldaps://ldap.example.com", "ldap://localhost")).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"groupname: cn", "nestedgroups: 1"})
    void warnsOfWhatHasNoEffectWithoutGroups(String line) {
        assertThat(Given.file(SMALLEST + "    " + line + "\n").warnings())
                .singleElement().asString().contains("has no effect without auth.ldap.memberof");
    }
}
