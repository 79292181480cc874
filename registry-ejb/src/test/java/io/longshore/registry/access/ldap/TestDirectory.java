package io.longshore.registry.access.ldap;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldif.LDIFException;
import io.longshore.registry.access.CertificateAuthority;
import io.longshore.registry.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x509.GeneralName;

/** A directory in this process, which listens for LDAP with StartTLS, and for LDAPS. */
final class TestDirectory extends InMemoryOperationInterceptor implements AutoCloseable {
    static final String PEOPLE = "ou=people,dc=example,dc=com";
    static final String GROUPS = "ou=groups,dc=example,dc=com";
    /** The rule of Active Directory that follows groups on the server. */
    static final String IN_CHAIN = ":1.2.840.113556.1.4.1941:=";
    static final LdapSettings.Account ACCOUNT =
            new LdapSettings.Account("cn=registry", Secret.of("the registry's own"));

    private final InMemoryDirectoryServer server;
    private final List<String> binds = new CopyOnWriteArrayList<>();
    private final List<String> filters = new CopyOnWriteArrayList<>();

    private TestDirectory(CertificateAuthority.Issued shown, int port, boolean anonymous) throws LDAPException {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=com");
        SSLContext tls = shown.serverContext();
        InetAddress here = InetAddress.getLoopbackAddress();
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("ldap", here, port, tls.getSocketFactory()),
                InMemoryListenerConfig.createLDAPSConfig(
                        "ldaps", here, 0, tls.getServerSocketFactory(), null));
        config.addAdditionalBindCredentials(ACCOUNT.dn(), ACCOUNT.password().reveal());
        if (!anonymous) {
            config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
        }
        config.setSchema(null);
        config.addInMemoryOperationInterceptor(this);
        server = new InMemoryDirectoryServer(config);
        add("dn: dc=example,dc=com", "objectClass: domain", "dc: example");
        add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
        add("dn: " + GROUPS, "objectClass: organizationalUnit", "ou: groups");
        server.startListening();
    }

    /** Shows a certificate for localhost. */
    static TestDirectory start(CertificateAuthority authority) throws LDAPException {
        return start(authority.issue("CN=a server", new GeneralName(GeneralName.dNSName, "localhost")));
    }

    static TestDirectory start(CertificateAuthority.Issued shown) throws LDAPException {
        return new TestDirectory(shown, 0, false);
    }

    static TestDirectory startForAnonymousSearches(CertificateAuthority authority) throws LDAPException {
        return new TestDirectory(authority.issue("CN=a server"), 0, true);
    }

    /** At an address where it can go away and come back. */
    static TestDirectory startAt(int port, CertificateAuthority authority) throws LDAPException {
        return new TestDirectory(authority.issue("CN=a server"), port, false);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    TestDirectory add(String... ldif) throws LDAPException {
        try {
            server.add(ldif);
            return this;
        } catch (LDIFException e) {
            throw new IllegalArgumentException(e);
        }
    }

    TestDirectory addUser(String name, String password, String... more) throws LDAPException {
        String[] ldif = new String[4 + more.length];
        ldif[0] = "dn: uid=" + name + "," + PEOPLE;
        ldif[1] = "objectClass: inetOrgPerson";
        ldif[2] = "uid: " + name;
        ldif[3] = "userPassword: " + password;
        System.arraycopy(more, 0, ldif, 4, more.length);
        return add(ldif);
    }

    TestDirectory addGroup(String name, String... members) throws LDAPException {
        String[] ldif = new String[3 + members.length];
        ldif[0] = "dn: cn=" + name + "," + GROUPS;
        ldif[1] = "objectClass: groupOfNames";
        ldif[2] = "cn: " + name;
        System.arraycopy(members, 0, ldif, 3, members.length);
        return add(ldif);
    }

    InMemoryDirectoryServer server() {
        return server;
    }

    LdapSettings.Server plain() {
        return new LdapSettings.Server("localhost", server.getListenPort("ldap"), false);
    }

    LdapSettings.Server secure() {
        return new LdapSettings.Server("localhost", server.getListenPort("ldaps"), true);
    }

    /** Of users alone, in the clear. */
    LdapSettings settings() {
        return settings(List.of(plain()), new LdapSettings.Tls(false, Optional.empty()));
    }

    static LdapSettings settings(List<LdapSettings.Server> servers, LdapSettings.Tls tls) {
        return new LdapSettings(
                servers, tls, Optional.of(ACCOUNT), new LdapSettings.Users(PEOPLE, "(uid={user})", "uid"),
                new LdapSettings.Groups(Optional.empty(), Optional.empty(), "cn", 0),
                new LdapSettings.Connections(4, Duration.ofSeconds(10), Duration.ofSeconds(10)));
    }

    /** The DNs of all binds. */
    List<String> binds() {
        return binds;
    }

    /** The filters of all searches, as they arrived. */
    List<String> filters() {
        return filters;
    }

    @Override
    public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) {
        binds.add(request.getRequest().getBindDN());
    }

    @Override
    public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
        String filter = request.getRequest().getFilter().toString();
        filters.add(filter);
        if (filter.contains(IN_CHAIN)) {
            // This server knows no rules; members of groups themselves are what Active Directory finds, too.
            SearchRequest search = request.getRequest().duplicate();
            search.setFilter(Filter.create(filter.replace(IN_CHAIN, "=")));
            request.setRequest(search);
        }
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
