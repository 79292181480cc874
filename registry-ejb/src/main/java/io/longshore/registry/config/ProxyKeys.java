package io.longshore.registry.config;

import io.longshore.registry.model.RepositoryPattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The keys of {@code proxy}: those of distribution, and those that it has not. */
final class ProxyKeys {
    static final KeyTable TABLE = new KeyTable();
    static final String SECTION = "proxy";

    static final Key<URI> REMOTEURL = TABLE.add(SECTION + ".remoteurl",
            ValueType.secret("URL", UpstreamRules::url), "",
            "The registry that this one mirrors: what is asked for and not here is fetched from there, and kept. The names"
                    + " of repositories are the same on both. See [mirror](mirror.md).");
    static final Key<String> USERNAME = TABLE.add(SECTION + ".username",
            ValueType.text("text", UpstreamRules::user), "",
            "Who this registry is there. Without it, nobody.");
    static final Key<Secret> PASSWORD = TABLE.add(SECTION + ".password", Types.SECRET, "",
            "The password, or token, of that user.");
    static final Key<Duration> TTL = TABLE.add(SECTION + ".ttl",
            ValueType.text("duration, or 0", ProxyKeys::timeToLive), "168h",
            "How long content is kept that nobody pulls; 0 for ever.");
    static final Key<Duration> TAGTTL = TABLE.add(SECTION + ".tagttl",
            Types.duration(Duration.ZERO, Duration.ofHours(8_760)), "1m",
            "How long a tag is taken for what it was found to be at the other registry; 0 to ask each time.");

    static final Key<List<RepositoryPattern>> REPOSITORIES = TABLE.add(SECTION + ".repositories",
            ValueType.tree("list of patterns", value -> UpstreamRules.repositories(
                    Types.texts(value, "expected patterns of repositories such as library/**"))), "",
            "Which repositories are mirrored: patterns such as `library/**`. All others are those of this registry. Without"
                    + " it, all.");
    static final Key<Set<String>> NAMESPACES = TABLE.add(SECTION + ".namespaces",
            ValueType.tree("list of hosts", value -> UpstreamRules.namespaces(
                    Types.texts(value, "expected a list of hosts such as docker.io"))), "",
            "Hosts by which clients name the other registry in a request (`ns`), such as `docker.io`.");
    static final Key<List<Value.Entries>> UPSTREAMS = TABLE.add(SECTION + ".upstreams",
            ValueType.tree("list of upstreams", ProxyKeys::items), "",
            "Further registries that are mirrored, each beneath a prefix of its own, beside those that are made by the"
                    + " admin API: see [below](#upstreams).");

    static {
        TABLE.noEffect(SECTION + ".cachewritetimeout", "What is fetched is kept however long that takes.");
        TABLE.refuse(SECTION + ".exec", Types.SECTION, "", "No program is asked for a login; set `username` and"
                + " `password`.");
    }

    private ProxyKeys() {}

    /** As distribution reads it: a number alone is one of nanoseconds, and what is no time at all is for ever. */
    private static Duration timeToLive(String text) {
        if (text.matches("-[0-9a-zµ.]+")) {
            return Duration.ZERO;
        }
        return GoDuration.parse(text.matches("[0-9]{1,18}") && !text.equals("0") ? text + "ns" : text);
    }

    private static List<Value.Entries> items(Value value) {
        String expected = "expected a list of upstreams: [{name: hub, remoteurl: \"https://…\"}]";
        Types.require(value instanceof Value.Items, expected);
        List<Value> items = ((Value.Items) value).items();
        Types.require(items.stream().allMatch(Value.Entries.class::isInstance), expected);
        return items.stream().map(Value.Entries.class::cast).toList();
    }
}
