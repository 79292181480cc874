package io.longshore.registry.config;

import java.net.URI;
import java.time.Duration;

/** The keys of {@code proxy}: those of distribution, and those that it has not. */
final class ProxyKeys {
    static final KeyTable TABLE = new KeyTable();
    static final String SECTION = "proxy";

    static final Key<URI> REMOTEURL = TABLE.add(SECTION + ".remoteurl", Types.HTTP_URL, "",
            "The registry that this one mirrors: what is asked for and not here is fetched from there, and kept. The names"
                    + " of repositories are the same on both. See [mirror](mirror.md).");
    static final Key<String> USERNAME = TABLE.add(SECTION + ".username", Types.TEXT, "",
            "Who this registry is there. Without it, nobody.");
    static final Key<Secret> PASSWORD = TABLE.add(SECTION + ".password", Types.SECRET, "",
            "The password, or token, of that user.");
    static final Key<Duration> TTL = TABLE.add(SECTION + ".ttl",
            Types.durationOrZero(Duration.ofMinutes(1), Duration.ofHours(876_000)), "168h",
            "How long content is kept that nobody pulls; 0 for ever.");
    static final Key<Duration> TAGTTL = TABLE.add(SECTION + ".tagttl",
            Types.duration(Duration.ZERO, Duration.ofHours(8_760)), "1m",
            "How long a tag is taken for what it was found to be at the other registry; 0 to ask each time.");

    static {
        TABLE.noEffect(SECTION + ".cachewritetimeout", "What is fetched is kept however long that takes.");
        TABLE.refuse(SECTION + ".exec", Types.SECTION, "", "No program is asked for a login; set `username` and"
                + " `password`.");
    }

    private ProxyKeys() {}
}
