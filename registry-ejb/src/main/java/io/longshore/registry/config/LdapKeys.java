package io.longshore.registry.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys of {@code auth.ldap}. */
final class LdapKeys {
    static final KeyTable TABLE = new KeyTable();
    static final String SECTION = "auth.ldap";

    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9-]*|[0-9]+(\\.[0-9]+)+");
    private static final int LDAP_PORT = 389;
    private static final int LDAPS_PORT = 636;
    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration MOST_TIMEOUT = Duration.ofMinutes(5);

    static final Key<List<LdapConfig.Server>> URLS = TABLE.add(SECTION + ".urls",
            ValueType.tree("list of LDAP URLs", LdapKeys::servers), "",
            "The servers of a directory: `ldap://host:port` or `ldaps://host:port`. The first that answers is asked.");
    static final Key<Boolean> STARTTLS = TABLE.add(SECTION + ".starttls", Types.BOOLEAN, "false",
            "Whether connections to `ldap://` are secured before anything is sent.");
    static final Key<Path> CAFILE = TABLE.add(SECTION + ".cafile", Types.PATH, "",
            "Certificates in PEM that are trusted instead of those that the JVM trusts. Read at the start.");
    static final Key<String> BINDDN = TABLE.add(SECTION + ".binddn", Types.TEXT, "",
            "The DN of the account that searches. Without it, searches are anonymous.");
    static final Key<Secret> BINDPASSWORD = TABLE.add(SECTION + ".bindpassword", Types.SECRET, "",
            "The password of that account.");
    static final Key<String> USERBASE = TABLE.add(SECTION + ".userbase", Types.TEXT, "",
            "The DN that users are beneath.");
    static final Key<String> USERFILTER = TABLE.add(SECTION + ".userfilter", Types.TEXT, "(uid={user})",
            "Finds the one entry of a user; `{user}` or `{0}` stands for the name that was shown.");
    static final Key<String> USERNAME = TABLE.add(SECTION + ".username", attribute(), "uid",
            "The attribute of that entry with the name that the registry knows the user by.");
    static final Key<String> MEMBEROF = TABLE.add(SECTION + ".memberof", attribute(), "",
            "The attribute of users, and of groups in groups, with the DNs of their groups, such as `memberOf`.");
    static final Key<String> GROUPBASE = TABLE.add(SECTION + ".groupbase", Types.TEXT, "",
            "The DN that groups are beneath. They are searched for there; those of `memberof` that are elsewhere do not"
                    + " count.");
    static final Key<String> GROUPFILTER = TABLE.add(SECTION + ".groupfilter", Types.TEXT, "(member={dn})",
            "Finds the groups of a user, and those of a group; `{dn}` or `{0}` stands for its DN, `{user}` or `{1}`"
                    + " for the name of the user.");
    static final Key<String> GROUPNAME = TABLE.add(SECTION + ".groupname", attribute(), "cn",
            "The attribute of groups with the name that the registry knows them by.");
    static final Key<Integer> NESTEDGROUPS = TABLE.add(SECTION + ".nestedgroups", Types.number(0), "0",
            "How many times the groups that groups are in are looked for.");
    static final Key<Integer> POOLSIZE = TABLE.add(SECTION + ".poolsize", Types.number(1), "10",
            "The most connections for searches, and as many more for checking passwords.");
    static final Key<Duration> CONNECTTIMEOUT = TABLE.add(SECTION + ".connecttimeout",
            Types.duration(LEAST_TIMEOUT, MOST_TIMEOUT), "5s",
            "How long a connection to a server may take before the next server is tried.");
    static final Key<Duration> RESPONSETIMEOUT = TABLE.add(SECTION + ".responsetimeout",
            Types.duration(LEAST_TIMEOUT, MOST_TIMEOUT), "10s",
            "How long an answer of a server may take, and a login wait for a connection.");

    private LdapKeys() {}

    private static ValueType<String> attribute() {
        return ValueType.text("text", text -> {
            Types.require(ATTRIBUTE.matcher(text).matches(), "expected the name of an attribute such as uid");
            return text;
        });
    }

    private static List<LdapConfig.Server> servers(Value value) {
        List<LdapConfig.Server> servers = Types.texts(value, "expected a list of LDAP URLs").stream()
                .map(LdapKeys::server)
                .toList();
        Types.require(!servers.isEmpty(), "expected at least one LDAP URL");
        return servers;
    }

    private static LdapConfig.Server server(String text) {
        String expected = "expected ldap:// or ldaps:// with a host and perhaps a port, and nothing behind them";
        try {
            URI uri = new URI(text);
            Types.require(Set.of("ldap", "ldaps").contains(String.valueOf(uri.getScheme())), expected);
            Types.require(uri.getHost() != null && uri.getRawUserInfo() == null, expected);
            Types.require(uri.getPort() != 0 && uri.getPort() <= 65535, expected);
            Types.require(Set.of("", "/").contains(uri.getRawPath()), expected);
            Types.require(uri.getRawQuery() == null && uri.getRawFragment() == null, expected);
            boolean secure = uri.getScheme().equals("ldaps");
            int port = uri.getPort() < 0 ? (secure ? LDAPS_PORT : LDAP_PORT) : uri.getPort();
            return new LdapConfig.Server(uri.getHost().replaceAll("[\\[\\]]", ""), port, secure);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }
}
