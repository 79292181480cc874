package io.longshore.registry.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Collects samples and holds each way in against the open registry, as a table in Markdown. For one thread. */
final class AccessReport {

    private final Map<Phase, Map<String, List<Pair>>> phases = new LinkedHashMap<>();

    /** Samples of one phase that were taken one right after the other. */
    record Pair(Sample open, Sample closed) {

        private double ratio(ToDoubleFunction<Sample> value) {
            return value.applyAsDouble(closed) / value.applyAsDouble(open);
        }
    }

    void add(Phase phase, String shown, Pair pair) {
        phases.computeIfAbsent(phase, ignored -> new LinkedHashMap<>())
                .computeIfAbsent(shown, ignored -> new ArrayList<>())
                .add(pair);
    }

    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| Phase | Shown | op/s | Open | Ratio | op per s of CPU | Open | Ratio | p50/p99 ms | Open |");
        lines.add("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        phases.forEach((phase, all) -> all.forEach((shown, pairs) -> lines.add(row(phase, shown, pairs))));
        return String.join("\n", lines) + "\n";
    }

    private static String row(Phase phase, String shown, List<Pair> pairs) {
        return "| %s | %s | %s | %s | %s | %s |".formatted(
                phase.name(), shown,
                compared(pairs, sample -> sample.rate(phase)),
                compared(pairs, sample -> sample.operations() / sample.cpuSeconds()),
                latencies(pairs, Pair::closed), latencies(pairs, Pair::open));
    }

    /** The ratio is the median of those of the pairs: what else the machine does changes from one to the next. */
    private static String compared(List<Pair> pairs, ToDoubleFunction<Sample> value) {
        return number(pairs, pair -> value.applyAsDouble(pair.closed())) + " | "
                + number(pairs, pair -> value.applyAsDouble(pair.open())) + " | "
                + number(pairs, pair -> pair.ratio(value));
    }

    private static String latencies(List<Pair> pairs, Function<Pair, Sample> side) {
        return number(pairs, pair -> side.apply(pair).percentileMillis(0.5)) + " / "
                + number(pairs, pair -> side.apply(pair).percentileMillis(0.99));
    }

    private static String number(List<Pair> pairs, ToDoubleFunction<Pair> value) {
        return Report.number(Measurements.median(pairs.stream().map(value::applyAsDouble)));
    }
}
