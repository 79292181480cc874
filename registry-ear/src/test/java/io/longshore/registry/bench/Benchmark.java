package io.longshore.registry.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures the built server and the peer, phase by phase in turn, and prints what came out as Markdown. System
 * properties: {@code bench.rounds}, {@code bench.quick}, {@code bench.seed}, {@code bench.report} (the file). Ends
 * with status 1 if a single request failed.
 */
public final class Benchmark {

    private static final long DEFAULT_SEED = 20_240_817;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Scale scale;
    private final Content content;
    private final List<Server> servers;
    private final Errors errors = new Errors();
    private final Load load = new Load(errors);
    private final PrintStream out = System.out;

    private Benchmark(Scale scale, long seed, List<Server> servers) {
        this.scale = scale;
        this.content = new Content(scale, seed);
        this.servers = servers;
    }

    /**
     * Runs it.
     *
     * @throws IllegalStateException if a request failed
     */
    public static void main(String... arguments) throws IOException {
        Scale scale = Scale.fromSystemProperties();
        long seed = Long.getLong("bench.seed", DEFAULT_SEED);
        Path folder = Files.createDirectories(Path.of("target/bench").toAbsolutePath());
        String head = "%s%npeer: %s%nrounds: %d, seed: %d, load average before: %s%n%n".formatted(Machine.describe(),
                PeerServer.version(), scale.rounds(), seed, Machine.load());
        System.out.println(head);
        List<Server> servers = start(folder, Files.createTempDirectory(folder, "data-"));
        Benchmark benchmark = new Benchmark(scale, seed, servers);
        String tables = benchmark.run();
        String failures = benchmark.errors.count() == 0 ? "" : "\nFAILED REQUESTS: %d%n%s%n"
                .formatted(benchmark.errors.count(), benchmark.errors);
        System.out.println(tables + failures);
        Files.writeString(report(), head + tables + failures);
        if (benchmark.errors.count() > 0) {
            throw new IllegalStateException("requests failed: " + benchmark.errors.count());
        }
    }

    private static Path report() {
        return Path.of(System.getProperty("bench.report", "target/benchmark.md"));
    }

    /** The servers are closed when this JVM ends, however that comes about. */
    private static List<Server> start(Path logs, Path data) throws IOException {
        List<Server> servers = new ArrayList<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(servers, data), "stop the servers"));
        servers.add(new OwnServer(data.resolve("ours"), logs.resolve("ours.log")));
        Optional<Server> peer = PeerServer.startIfInstalled(data.resolve("peer"), logs.resolve("peer.log"));
        peer.ifPresentOrElse(servers::add, () -> System.out.println(
                "The peer is not installed, so only ours is measured; for both: apt-get install docker-registry"));
        return servers;
    }

    private static void close(List<Server> servers, Path data) {
        for (Server server : servers) {
            try {
                server.close();
            } catch (IOException | RuntimeException e) {
                System.err.println(server.name() + " was not stopped and cleared away: " + e);
            }
        }
        try {
            Folder.delete(data);
        } catch (IOException e) {
            System.err.println("not deleted: " + e);
        }
    }

    private String run() throws IOException {
        Report report = new Report(servers.get(0), servers.size() > 1 ? servers.get(1) : null);
        for (Server server : servers) {
            out.println("laying out data: " + server.name());
            content.pushTo(server, load);
        }
        List<Phase> phases = phases();
        out.println("warming up");
        for (Phase phase : phases) {
            for (Server server : measuredBy(phase, 0)) {
                load.run(server, phase, scale.warmUp());
            }
        }
        for (int round = 1; round <= scale.rounds(); round++) {
            out.println("round " + round + ", load average " + Machine.load());
            for (Phase phase : phases) {
                measure(phase, round, report);
            }
        }
        measureStarts(report);
        return report.markdown();
    }

    private List<Phase> phases() throws IOException {
        boolean peerTakesPost = false;
        if (servers.size() > 1) {
            try (RegistryCalls calls = servers.get(1).connect()) {
                peerTakesPost = calls.takesPost(Content.SMALL, content.freshSmall());
            }
        }
        return Stream.of(new BlobPhases(content, scale).all(peerTakesPost),
                        new ManifestPhases(content, scale).all(), new ListPhases(content, scale).all())
                .flatMap(List::stream)
                .toList();
    }

    private void measure(Phase phase, int round, Report report) throws IOException {
        for (Server server : measuredBy(phase, round)) {
            Machine.sync();
            Sample sample = load.run(server, phase, phase.operations() == 0 ? scale.measured() : LONGEST);
            report.add(phase, server, sample);
            out.printf("  %s, %d clients, %s: %.2f %s%n", phase.name(), phase.clients(), server.name(),
                    sample.rate(phase), phase.unit());
        }
    }

    private void measureStarts(Report report) throws IOException {
        Phase start = Phase.counted("start to the first answer", 1, 1, null);
        Phase first = new ManifestPhases(content, scale).afterStart();
        for (int i = 1; i <= scale.starts(); i++) {
            for (Server server : measuredBy(start, i)) {
                Machine.sync();
                report.addStart(start, server, FreshStart.of(server));
                report.addStart(first, server, load.run(server, first, LONGEST));
            }
        }
    }

    /** Who goes first changes from round to round. */
    private List<Server> measuredBy(Phase phase, int round) {
        List<Server> order = new ArrayList<>(phase.peer() ? servers : servers.subList(0, 1));
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        return order;
    }
}
