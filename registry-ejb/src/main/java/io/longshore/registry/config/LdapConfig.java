package io.longshore.registry.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Users in a directory that speaks LDAP.
 *
 * @param servers tried in this order
 * @param startTls whether connections are secured by StartTLS; no server is secure by itself then
 * @param caFile certificates that are trusted instead of the JVM's
 * @param account who searches; empty for anonymous searches
 */
public record LdapConfig(
        List<Server> servers,
        boolean startTls,
        Optional<Path> caFile,
        Optional<Account> account,
        Users users,
        Groups groups,
        int poolSize,
        Duration connectTimeout,
        Duration responseTimeout) {

    public LdapConfig {
        servers = List.copyOf(servers);
    }

    /** Where a server listens, and whether by TLS from the first byte on. */
    public record Server(String host, int port, boolean secure) {}

    /** An entry that may search. */
    public record Account(String dn, Secret password) {}

    /** Which entries are users, and the attribute that has their name. */
    public record Users(String base, String filter, String nameAttribute) {}

    /**
     * Which groups users are in.
     *
     * @param attribute has the DNs of groups
     * @param search finds groups by their members
     * @param nestedLevels how many times the groups of groups are looked for
     */
    public record Groups(
            Optional<String> attribute, Optional<GroupSearch> search, String nameAttribute, int nestedLevels) {}

    /** Where and how groups are found. */
    public record GroupSearch(String base, String filter) {}
}
