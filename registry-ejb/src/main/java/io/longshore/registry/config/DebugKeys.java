package io.longshore.registry.config;

/** The keys of what is for the administrator alone, on an address of its own. */
final class DebugKeys {
    static final KeyTable TABLE = new KeyTable();

    static final Key<HostPort> ADDR = TABLE.add("http.debug.addr", Types.ADDRESS, "",
            "Where metrics are served, apart from the registry and by plain HTTP, to whoever can reach it. Without it,"
                    + " nowhere.");
    static final Key<Boolean> PROMETHEUS_ENABLED = TABLE.add("http.debug.prometheus.enabled", Types.BOOLEAN, "false",
            "Whether [metrics](metrics.md) for Prometheus are served there.");
    static final Key<String> PROMETHEUS_PATH = TABLE.add("http.debug.prometheus.path", path(), "/metrics",
            "Under which path.");

    private DebugKeys() {}

    private static ValueType<String> path() {
        return ValueType.text("path of a URL", text -> {
            Types.require(
                    text.matches("/[A-Za-z0-9._~/-]*"),
                    "expected a path such as /metrics, of letters, digits and ._~-/");
            return text;
        });
    }
}
