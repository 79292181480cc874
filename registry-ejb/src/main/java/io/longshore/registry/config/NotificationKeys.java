package io.longshore.registry.config;

import java.time.Duration;
import java.util.List;

/** The keys of {@code notifications}. */
final class NotificationKeys {
    static final KeyTable TABLE = new KeyTable();
    static final String SECTION = "notifications";

    static final Key<Boolean> INCLUDEREFERENCES = TABLE.add(SECTION + ".events.includereferences", Types.BOOLEAN,
            "false",
            "Whether events of manifests tell what these consist of: config, layers, manifests.");
    static final Key<List<Value.Entries>> ENDPOINTS = TABLE.add(SECTION + ".endpoints",
            ValueType.tree("list of endpoints", NotificationKeys::items), "",
            "Who is told what happens, beside the endpoints that are made by the admin API: see [below](#endpoints).");
    static final Key<Boolean> PULLS = TABLE.add(SECTION + ".pulls", Types.BOOLEAN, "true",
            "Whether pulls are events. If not, they are neither told nor written down, whatever an endpoint asks for.");
    static final Key<Duration> RETENTION = TABLE.add(SECTION + ".retention",
            Types.duration(Duration.ofHours(1), Duration.ofHours(87_600)), "168h",
            "How long the database keeps what was delivered or given up, and each attempt.");
    static final Key<Boolean> TARGETS_HTTP = TABLE.add(SECTION + ".targets.http", Types.BOOLEAN, "true",
            "Whether endpoints may be at `http://`. This and what follows holds for endpoints that are configured, and"
                    + " for those that are made by the API.");
    static final Key<Boolean> TARGETS_PRIVATE = TABLE.add(SECTION + ".targets.private", Types.BOOLEAN, "true",
            "Whether endpoints may be on this machine, and in networks that are not part of the internet.");
    static final Key<List<AddressRange>> TARGETS_PERMITTED = TABLE.add(SECTION + ".targets.permitted",
            AuthTypes.ADDRESSES, "",
            "Where they may be although `private` is `false`.");

    private NotificationKeys() {}

    private static List<Value.Entries> items(Value value) {
        String expected = "expected a list of endpoints: [{name: mine, url: \"https://…\"}]";
        Types.require(value instanceof Value.Items, expected);
        List<Value> items = ((Value.Items) value).items();
        Types.require(items.stream().allMatch(Value.Entries.class::isInstance), expected);
        return items.stream().map(Value.Entries.class::cast).toList();
    }
}
