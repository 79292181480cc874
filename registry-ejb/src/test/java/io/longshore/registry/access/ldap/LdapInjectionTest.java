package io.longshore.registry.access.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.access.CertificateAuthority;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.config.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LdapInjectionTest {
    private static TestDirectory directory;
    private static LdapAuthenticator ldap;

    @BeforeAll
    static void startTheDirectory() throws Exception {
        directory = TestDirectory.start(new CertificateAuthority()).addUser("alice", "secret");
        for (String name : new String[] {"a*b", "a(b)", "a\\b", "{user}", "a&b|c!d=e"}) {
            directory.add("dn: cn=x" + Integer.toHexString(name.hashCode()) + "," + TestDirectory.PEOPLE,
                    "objectClass: inetOrgPerson", "uid: " + name, "userPassword: secret");
        }
        ldap = LdapAuthenticator.open(directory.settings());
    }

    @AfterAll
    static void stopIt() {
        ldap.close();
        directory.close();
    }

    private static Credentials shown(String user) {
        return new Credentials.Password(user, Secret.of("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "*", "a*", "al*ce", "alice)(uid=*", "*)(objectClass=*", "*)(|(uid=*", "alice)(objectClass=*))(&(uid=x",
        "\\2a", "\\61lice", "alice\\00", "alice\0", "alice\0)(uid=*", "alice\n", "{0}", "{dn}", "alice)", "(alice",
        "uid=alice", "uid=alice,ou=people,dc=example,dc=com"
    })
    void nobodyIsFoundByANameThatReadsLikeAFilter(String name) throws Exception {
        assertThat(ldap.authenticate(shown(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a*b", "a(b)", "a\\b", "{user}", "a&b|c!d=e"})
    void whoeverIsCalledSoCanLogIn(String name) throws Exception {
        assertThat(ldap.authenticate(shown(name)).orElseThrow().subject().name()).isEqualTo(name);
    }
}
