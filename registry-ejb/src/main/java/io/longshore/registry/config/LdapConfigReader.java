package io.longshore.registry.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code auth.ldap}. */
final class LdapConfigReader {
    private final Settings settings;
    private final Problems problems;

    LdapConfigReader(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** Empty if there is no such section. */
    Optional<LdapConfig> read() {
        Optional<Source> named = settings.section(LdapKeys.SECTION);
        return named.map(source -> {
            LdapConfig config = read(source);
            checkTls(config);
            return config;
        });
    }

    private LdapConfig read(Source named) {
        List<LdapConfig.Server> servers = require(LdapKeys.URLS, named).orElse(List.of());
        return new LdapConfig(
                servers,
                settings.get(LdapKeys.STARTTLS),
                settings.find(LdapKeys.CAFILE),
                account(),
                new LdapConfig.Users(
                        require(LdapKeys.USERBASE, named).orElse(""),
                        withPlace(LdapKeys.USERFILTER, "{user}", "{0}"),
                        settings.get(LdapKeys.USERNAME)),
                groups(),
                settings.get(LdapKeys.POOLSIZE),
                settings.get(LdapKeys.CONNECTTIMEOUT),
                settings.get(LdapKeys.RESPONSETIMEOUT));
    }

    private <T> Optional<T> require(Key<T> key, Source named) {
        if (settings.source(key).isEmpty()) {
            problems.add(LdapKeys.SECTION, named, "expected " + named.spell(key.name()) + " to be set");
        }
        return settings.find(key);
    }

    private void requireBeside(Key<?> key, Key<?> other) {
        if (settings.source(other).isEmpty()) {
            settings.source(key).ifPresent(source ->
                    problems.add(key.name(), source, "expected " + source.spell(other.name()) + " to be set too"));
        }
    }

    /** A filter that is the same for everybody would make everybody the same user. */
    private String withPlace(Key<String> key, String... places) {
        String filter = settings.get(key);
        if (Stream.of(places).noneMatch(filter::contains)) {
            settings.source(key).ifPresent(source -> problems.add(
                    key.name(), source, "expected " + String.join(" or ", places) + " in it"));
        }
        return filter;
    }

    private Optional<LdapConfig.Account> account() {
        requireBeside(LdapKeys.BINDDN, LdapKeys.BINDPASSWORD);
        requireBeside(LdapKeys.BINDPASSWORD, LdapKeys.BINDDN);
        Optional<Secret> password = settings.find(LdapKeys.BINDPASSWORD);
        return settings.find(LdapKeys.BINDDN)
                .flatMap(dn -> password.map(secret -> new LdapConfig.Account(dn, secret)));
    }

    private LdapConfig.Groups groups() {
        requireBeside(LdapKeys.GROUPFILTER, LdapKeys.GROUPBASE);
        String filter = withPlace(LdapKeys.GROUPFILTER, "{dn}", "{user}", "{0}", "{1}");
        Optional<String> attribute = settings.find(LdapKeys.MEMBEROF);
        Optional<LdapConfig.GroupSearch> search =
                settings.find(LdapKeys.GROUPBASE).map(base -> new LdapConfig.GroupSearch(base, filter));
        if (attribute.isEmpty() && search.isEmpty()) {
            warn(LdapKeys.GROUPNAME, "has no effect without auth.ldap.memberof and auth.ldap.groupbase");
            warn(LdapKeys.NESTEDGROUPS, "has no effect without auth.ldap.memberof and auth.ldap.groupbase");
        }
        return new LdapConfig.Groups(
                attribute, search, settings.get(LdapKeys.GROUPNAME), settings.get(LdapKeys.NESTEDGROUPS));
    }

    private void checkTls(LdapConfig config) {
        boolean secure = config.servers().stream().anyMatch(LdapConfig.Server::secure);
        if (config.startTls() && secure) {
            settings.source(LdapKeys.STARTTLS).ifPresent(source -> problems.add(LdapKeys.STARTTLS.name(), source,
                    "expected ldap:// in auth.ldap.urls; ldaps:// is secure without it"));
        }
        if (!config.startTls() && config.servers().stream().anyMatch(LdapConfigReader::isInTheClear)) {
            warn(LdapKeys.URLS, "passwords are sent to ldap:// in the clear; use ldaps:// or auth.ldap.starttls");
        }
        if (!config.startTls() && !secure) {
            warn(LdapKeys.CAFILE, "has no effect without ldaps:// and auth.ldap.starttls");
        }
    }

    private static boolean isInTheClear(LdapConfig.Server server) {
        boolean here = server.host().equals("localhost") || server.host().startsWith("127.")
                || server.host().equals("::1");
        return !server.secure() && !here;
    }

    private void warn(Key<?> key, String line) {
        settings.source(key).ifPresent(source -> problems.warn(key.name(), source, line));
    }
}
