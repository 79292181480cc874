package io.longshore.registry.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;

/** Prometheus's names, and the one of distribution that is against the rules: a gauge that is a total. */
final class DistributionNames implements NamingConvention {
    static final String PENDING = "registry.notifications.pending";

    private final NamingConvention rules = new PrometheusNamingConvention();

    @Override
    public String name(String name, Meter.Type type, String unit) {
        return rules.name(name, type, unit) + (name.equals(PENDING) ? "_total" : "");
    }

    @Override
    public String tagKey(String key) {
        return rules.tagKey(key);
    }

    @Override
    public String tagValue(String value) {
        return rules.tagValue(value);
    }
}
