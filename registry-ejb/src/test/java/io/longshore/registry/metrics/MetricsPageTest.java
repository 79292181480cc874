package io.longshore.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.mirror.MirrorObserver;
import io.longshore.registry.notification.Answer;
import io.longshore.registry.notification.EndpointState;
import io.longshore.registry.notification.EndpointStatus;
import io.longshore.registry.replication.ReplicationObserver;
import io.longshore.registry.replication.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the page about metrics against those that there are. */
class MetricsPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\| ([^|]*)\\| [^|]+ \\|$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    /** Only some collectors have it. */
    private static final String CONCURRENT = "jvm_gc_concurrent_phase_time";

    private static Metrics metrics;
    private static Samples page;

    @BeforeAll
    static void measure() {
        metrics = new Metrics(() -> List.of(new EndpointStatus(
                "hooks", EndpointState.ACTIVE, new EndpointConfig.Filter(Set.of(), Set.of(), List.of()),
                Optional.empty(), Optional.empty(), new EndpointStatus.Made(true, "registry", Instant.EPOCH),
                new EndpointStatus.Attempts(0, 0, 0, Optional.empty(), OptionalInt.empty(), 0), 1, 1,
                Optional.of(Instant.EPOCH))));
        metrics.webhooks().answered(
                "hooks", 1, new Answer(OptionalInt.of(200), "", Duration.ofMillis(1), Optional.empty()));
        metrics.replication().ended("rule", ReplicationObserver.Result.COPIED, 1);
        metrics.replication().runEnded("rule", Run.State.SUCCEEDED);
        metrics.mirrors().pulled("hub", MirrorObserver.Kind.BLOB, MirrorObserver.Outcome.HIT);
        System.gc();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Samples.of(metrics.page()).types().containsKey("jvm_gc_pause_seconds"));
        page = Samples.of(metrics.page());
    }

    @AfterAll
    static void close() {
        metrics.close();
    }

    /** By name: the type and the labels. */
    private static Map<String, String> documented() throws IOException {
        Matcher row = ROW.matcher(Files.readString(Path.of("..", "docs", "metrics.md")));
        Map<String, String> documented = new TreeMap<>();
        while (row.find()) {
            Set<String> labels = Stream.of(row.group(3).replace("`", "").strip().split(", "))
                    .filter(label -> !label.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
            documented.put(row.group(1), row.group(2) + ' ' + labels);
        }
        return documented;
    }

    private static String exported(String name, String type) {
        Set<String> labels = new TreeSet<>();
        page.values().keySet().stream()
                .filter(series -> series.matches(name + "(_bucket|_count|_sum)?(\\{.*)?"))
                .forEach(series -> LABEL.matcher(series).results().map(label -> label.group(1)).forEach(labels::add));
        labels.remove("le");
        return type + ' ' + labels;
    }

    @Test
    void namesEachWithItsTypeAndLabelsAndNoOther() throws IOException {
        Map<String, String> exported = new TreeMap<>();
        page.types().forEach((name, type) -> exported.put(name, exported(name, type)));
        Map<String, String> documented = documented();

        assertThat(documented).containsAllEntriesOf(exported);
        documented.keySet().removeIf(name -> name.startsWith(CONCURRENT));
        assertThat(exported).containsAllEntriesOf(documented);
    }
}
