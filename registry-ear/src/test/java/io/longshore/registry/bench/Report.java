package io.longshore.registry.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Collects samples and lays them out as tables in Markdown. For one thread. */
final class Report {

    private static final String NOTHING = "–";

    private final Server own;
    private final Server peer;
    private final Map<Phase, Map<Server, Measurements>> phases = new LinkedHashMap<>();
    private final Map<Phase, Map<Server, Measurements>> starts = new LinkedHashMap<>();

    /** @param peer null if there is none */
    Report(Server own, Server peer) {
        this.own = own;
        this.peer = peer;
    }

    void add(Phase phase, Server server, Sample sample) {
        measurements(phases, phase, server).add(sample);
    }

    /** A sample whose time matters, not its rate. */
    void addStart(Phase phase, Server server, Sample sample) {
        measurements(starts, phase, server).add(sample);
    }

    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| Phase | Clients | Unit | Ours | Peer | Ratio | CPU unit | Ours | Peer | Ratio"
                + " | p50/p99 ms, ours | p50/p99 ms, peer |");
        lines.add("| --- | ---: | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |");
        phases.forEach((phase, samples) -> lines.add(row(phase.name(), String.valueOf(phase.clients()),
                phase.unit(), comparison(samples, sample -> sample.rate(phase)),
                phase.cpuUnit(), comparison(samples, sample -> sample.cpu(phase)),
                latencies(samples.get(own)), latencies(samples.get(peer)))));
        addStarts(lines);
        lines.add("");
        lines.add("| Memory | Ours | Peer | Ratio |");
        lines.add("| --- | ---: | ---: | ---: |");
        lines.add(row("peak, MiB", compare(peakMiB(own), peakMiB(peer))));
        return String.join("\n", lines) + "\n";
    }

    private void addStarts(List<String> lines) {
        if (starts.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("| After a start | Ours s | Peer s | Ratio | CPU s, ours | CPU s, peer | Ratio |");
        lines.add("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        starts.forEach((phase, samples) -> lines.add(row(phase.name(), comparison(samples, Sample::seconds),
                comparison(samples, Sample::cpuSeconds))));
    }

    private static double peakMiB(Server server) {
        return server == null ? Double.NaN : server.peakKiB() / 1024.0;
    }

    private static Measurements measurements(Map<Phase, Map<Server, Measurements>> of, Phase phase, Server server) {
        return of.computeIfAbsent(phase, ignored -> new LinkedHashMap<>())
                .computeIfAbsent(server, ignored -> new Measurements());
    }

    private String comparison(Map<Server, Measurements> samples, ToDoubleFunction<Sample> value) {
        Measurements none = new Measurements();
        return compare(samples.getOrDefault(own, none).median(value), samples.getOrDefault(peer, none).median(value));
    }

    private static String compare(double ours, double peers) {
        return number(ours) + " | " + number(peers) + " | " + number(ours / peers);
    }

    private static String latencies(Measurements samples) {
        if (samples == null) {
            return NOTHING;
        }
        return number(samples.median(sample -> sample.percentileMillis(0.5))) + " / "
                + number(samples.median(sample -> sample.percentileMillis(0.99)));
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    static String number(double value) {
        if (!Double.isFinite(value)) {
            return NOTHING;
        }
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
