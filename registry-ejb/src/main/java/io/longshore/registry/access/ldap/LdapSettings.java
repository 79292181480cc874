package io.longshore.registry.access.ldap;

import io.longshore.registry.config.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the directory is, and how it is asked. Immutable; prints no secret.
 *
 * @param account who searches; empty for anonymous searches
 */
public record LdapSettings(
        List<Server> servers, Tls tls, Optional<Account> account, Users users, Groups groups, Connections connections) {

    public LdapSettings {
        servers = List.copyOf(servers);
    }

    /**
     * One of the servers, all of which hold the same entries: the first that answers is asked.
     *
     * @param secure whether it is spoken to by LDAPS
     */
    public record Server(String host, int port, boolean secure) {}

    /**
     * How connections are kept secret.
     *
     * @param start whether they begin in the clear and are secured by StartTLS; none of the servers is spoken to by
     *     LDAPS then
     * @param authorities a PEM file of the certificates that one of the server's chain must be among; empty for those
     *     that the JVM trusts
     */
    public record Tls(boolean start, Optional<Path> authorities) {}

    /**
     * Who may search.
     *
     * @param dn of an entry; Active Directory takes {@code name@domain} as well
     */
    public record Account(String dn, Secret password) {}

    /**
     * Which entries are users.
     *
     * @param base DN of the entry that they are beneath
     * @param filter with {@code {user}} or {@code {0}} where the name stands that somebody shows
     * @param nameAttribute has the name that the registry knows the user by
     */
    public record Users(String base, String filter, String nameAttribute) {}

    /**
     * Which groups users are in; with neither an attribute nor a search, none.
     *
     * @param attribute an attribute of users, and of groups, with the DNs of the groups that they are in
     * @param nameAttribute has the name that the registry knows the group by
     * @param nestedLevels how many times the groups of groups are looked for
     */
    public record Groups(
            Optional<String> attribute, Optional<GroupSearch> search, String nameAttribute, int nestedLevels) {}

    /**
     * How groups are found by their members.
     *
     * @param base DN of the entry that they are beneath; those elsewhere do not count if an attribute names them
     * @param filter with {@code {dn}} or {@code {0}} where the DN of the member stands, and {@code {user}} or
     *     {@code {1}} where the name of the user does
     */
    public record GroupSearch(String base, String filter) {}

    /**
     * @param poolSize the most connections for searches, and as many for binds
     * @param responseTimeout how long an answer may take, and how long a connection is waited for
     */
    public record Connections(int poolSize, Duration connectTimeout, Duration responseTimeout) {}
}
