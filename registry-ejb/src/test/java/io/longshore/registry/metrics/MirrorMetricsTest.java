package io.longshore.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.mirror.MirrorObserver;
import io.longshore.registry.mirror.MirrorObserver.Kind;
import io.longshore.registry.mirror.MirrorObserver.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MirrorMetricsTest {
    private final Metrics metrics = new Metrics(List::of);
    private final MirrorObserver mirrors = metrics.mirrors();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void countsWhatMirrorsGiveAndSave() {
        mirrors.pulled("hub", Kind.BLOB, Outcome.HIT);
        mirrors.pulled("hub", Kind.BLOB, Outcome.MISS);
        mirrors.pulled("hub", Kind.MANIFEST, Outcome.STALE);
        mirrors.fetched("hub", Kind.BLOB, 10);
        mirrors.served("hub", Kind.BLOB, 30);
        mirrors.asked("hub", Duration.ofMillis(7), false);
        mirrors.asked("hub", Duration.ofMillis(7), true);

        Map<String, Double> values = Samples.of(metrics.page()).values();

        String blobs = "{type=\"blob\",upstream=\"hub\"}";
        String manifests = "{type=\"manifest\",upstream=\"hub\"}";
        assertThat(values)
                .containsEntry("registry_proxy_requests_total" + blobs, 2.0)
                .containsEntry("registry_proxy_hits_total" + blobs, 1.0)
                .containsEntry("registry_proxy_misses_total" + blobs, 1.0)
                .containsEntry("registry_proxy_hits_total" + manifests, 1.0)
                .containsEntry("registry_proxy_stale_total" + manifests, 1.0)
                .containsEntry("registry_proxy_pulled_bytes_total" + blobs, 10.0)
                .containsEntry("registry_proxy_pushed_bytes_total" + blobs, 30.0)
                .containsEntry("registry_proxy_upstream_seconds_count{upstream=\"hub\"}", 2.0)
                .containsEntry("registry_proxy_upstream_errors_total{upstream=\"hub\"}", 1.0);
    }
}
