package io.longshore.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.notification.Answer;
import io.longshore.registry.notification.EndpointState;
import io.longshore.registry.notification.EndpointStatus;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookMetricsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private volatile List<EndpointStatus> known = List.of();
    private final WebhookMetrics metrics;

    WebhookMetricsTest() {
        registry.config().namingConvention(new DistributionNames());
        metrics = new WebhookMetrics(registry, new Backlog(this::known, nanos::get));
    }

    @AfterEach
    void close() {
        metrics.close();
    }

    private List<EndpointStatus> known() {
        if (known == null) {
            throw new IllegalStateException("the database is away");
        }
        return known;
    }

    private static EndpointStatus status(String name, long pending, long deadLetters, Instant oldest) {
        return new EndpointStatus(
                name, EndpointState.ACTIVE, new EndpointConfig.Filter(Set.of(), Set.of(), List.of()),
                Optional.empty(), Optional.empty(), new EndpointStatus.Made(true, "registry", Instant.EPOCH),
                new EndpointStatus.Attempts(0, 0, 0, Optional.empty(), OptionalInt.empty(), 0), pending, deadLetters,
                Optional.ofNullable(oldest));
    }

    private static Answer answer(OptionalInt status) {
        return new Answer(status, "", Duration.ofMillis(30), Optional.empty());
    }

    private Samples scraped() {
        nanos.addAndGet(Backlog.FRESH_NANOS);
        metrics.update();
        return Samples.of(registry.scrape());
    }

    @Test
    void countsUnderTheNamesOfDistribution() {
        known = List.of(status("hooks", 7, 2, null));
        metrics.queued("hooks", 3);
        metrics.answered("hooks", 2, answer(OptionalInt.of(200)));
        metrics.answered("hooks", 1, answer(OptionalInt.of(302)));
        metrics.answered("hooks", 1, answer(OptionalInt.of(503)));
        metrics.answered("hooks", 1, answer(OptionalInt.of(503)));
        metrics.answered("hooks", 1, answer(OptionalInt.of(599)));
        metrics.answered("hooks", 4, answer(OptionalInt.empty()));

        Samples page = scraped();

        assertThat(page.ofEndpoint("hooks")).isEqualTo(Map.ofEntries(
                Map.entry("registry_notifications_events_total{endpoint=\"hooks\",type=\"Events\"}", 3.0),
                Map.entry("registry_notifications_events_total{endpoint=\"hooks\",type=\"Successes\"}", 3.0),
                Map.entry("registry_notifications_events_total{endpoint=\"hooks\",type=\"Failures\"}", 3.0),
                Map.entry("registry_notifications_events_total{endpoint=\"hooks\",type=\"Errors\"}", 4.0),
                Map.entry("registry_notifications_status_total{code=\"200 OK\",endpoint=\"hooks\"}", 1.0),
                Map.entry("registry_notifications_status_total{code=\"302 Found\",endpoint=\"hooks\"}", 1.0),
                Map.entry(
                        "registry_notifications_status_total{code=\"503 Service Unavailable\",endpoint=\"hooks\"}", 2.0),
                Map.entry("registry_notifications_status_total{code=\"599 \",endpoint=\"hooks\"}", 1.0),
                Map.entry("registry_notifications_pending_total{endpoint=\"hooks\"}", 7.0),
                Map.entry("registry_notifications_dead_letters{endpoint=\"hooks\"}", 2.0),
                Map.entry("registry_notifications_delivery_seconds_count{endpoint=\"hooks\"}", 6.0)));
        assertThat(page.types())
                .containsEntry("registry_notifications_pending_total", "gauge")
                .containsEntry("registry_notifications_events_total", "counter")
                .containsEntry("registry_notifications_delivery_seconds", "histogram");
        assertThat(page.values())
                .containsEntry("registry_notifications_delivery_seconds_bucket{endpoint=\"hooks\",le=\"0.025\"}", 0.0)
                .containsEntry("registry_notifications_delivery_seconds_bucket{endpoint=\"hooks\",le=\"0.05\"}", 6.0);
    }

    @Test
    void knowsEndpointsThatWereToldNothingYet() {
        known = List.of(status("quiet", 0, 0, null));

        assertThat(scraped().ofEndpoint("quiet"))
                .hasSize(7)
                .containsEntry("registry_notifications_events_total{endpoint=\"quiet\",type=\"Failures\"}", 0.0);
    }

    @Test
    void saysForHowLongTheOldestWaits() {
        known = List.of(
                status("late", 1, 0, Instant.now().minus(Duration.ofHours(1))), status("done", 0, 0, null),
                status("ahead", 1, 0, Instant.now().plus(Duration.ofHours(1))));

        Map<String, Double> values = scraped().values();

        assertThat(values.get("registry_notifications_pending_age_seconds{endpoint=\"late\"}"))
                .isBetween(3600.0, 7200.0);
        assertThat(values)
                .containsEntry("registry_notifications_pending_age_seconds{endpoint=\"done\"}", 0.0)
                .containsEntry("registry_notifications_pending_age_seconds{endpoint=\"ahead\"}", 0.0);
    }

    @Test
    void forgetsEndpointsThatAreGone() {
        known = List.of(status("old", 1, 0, null), status("new", 1, 0, null));
        metrics.answered("old", 1, answer(OptionalInt.of(200)));
        scraped();
        known = List.of(status("new", 1, 0, null));

        scraped();
        metrics.answered("old", 1, answer(OptionalInt.of(200)));
        scraped();
        scraped();

        assertThat(scraped().values().keySet()).noneMatch(name -> name.contains("\"old\""));
        assertThat(scraped().ofEndpoint("new")).hasSize(7);
    }

    @Test
    void keepsWhatWasCountedOfAnEndpointThatTheDatabaseDidNotKnowAMomentAgo() {
        scraped();
        metrics.queued("young", 5);
        metrics.update();
        known = List.of(status("young", 5, 0, null));

        assertThat(scraped().ofEndpoint("young"))
                .containsEntry("registry_notifications_events_total{endpoint=\"young\",type=\"Events\"}", 5.0);
    }

    @Test
    void saysNothingOfTheBacklogWhileTheDatabaseIsAwayAndGoesOnCounting() {
        known = List.of(status("hooks", 7, 2, null));
        scraped();
        known = null;
        metrics.queued("hooks", 1);

        assertThat(scraped().ofEndpoint("hooks"))
                .doesNotContainKey("registry_notifications_pending_total{endpoint=\"hooks\"}")
                .doesNotContainKey("registry_notifications_dead_letters{endpoint=\"hooks\"}")
                .containsEntry("registry_notifications_events_total{endpoint=\"hooks\",type=\"Events\"}", 1.0);
    }
}
