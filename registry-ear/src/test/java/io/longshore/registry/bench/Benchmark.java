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

/**
 * Measures the built server and the peer, phase by phase in turn, and prints what came out as Markdown. System
 * properties: {@code bench.rounds}, {@code bench.quick}, {@code bench.seed}, {@code bench.storage},
 * {@code bench.redirect}, {@code bench.access} (see {@link AccessBenchmark}), {@code bench.report} (the file). Ends
 * with status 1 if a single request failed.
 */
public final class Benchmark {

    private static final long DEFAULT_SEED = 20_240_817;
    /** The longest that a phase may take whose operations are counted. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private final Scale scale;
    private final Suite suite;
    private final List<Server> servers;
    private final Errors errors = new Errors();
    private final Load load = new Load(errors);
    private final PrintStream out = System.out;

    private Benchmark(Scale scale, Suite suite, List<Server> servers) {
        this.scale = scale;
        this.suite = suite;
        this.servers = servers;
    }

    /**
     * Runs it.
     *
     * @throws IllegalStateException if a request failed
     */
    public static void main(String... arguments) throws IOException {
        if (Boolean.getBoolean("bench.access")) {
            AccessBenchmark.main();
            return;
        }
        Scale scale = Scale.fromSystemProperties();
        long seed = seed();
        Path folder = Files.createDirectories(Path.of("target/bench").toAbsolutePath());
        Path data = Files.createTempDirectory(folder, "data-");
        Backend backend = Backend.fromSystemProperties(data.resolve("store"));
        String head = "%s%npeer: %s%nblobs in: %s%nrounds: %d, seed: %d, load average before: %s%n%n".formatted(
                Machine.describe(), PeerServer.version(), backend.description(), scale.rounds(), seed, Machine.load());
        System.out.println(head);
        List<Server> servers = start(backend, folder, data);
        Benchmark benchmark = new Benchmark(scale, backend.suite(scale, seed), servers);
        String tables = benchmark.run();
        String failures = benchmark.errors.count() == 0 ? "" : "\nFAILED REQUESTS: %d%n%s%n"
                .formatted(benchmark.errors.count(), benchmark.errors);
        System.out.println(tables + failures);
        Files.writeString(report(), head + tables + failures);
        if (benchmark.errors.count() > 0) {
            throw new IllegalStateException("requests failed: " + benchmark.errors.count());
        }
    }

    static long seed() {
        return Long.getLong("bench.seed", DEFAULT_SEED);
    }

    static Path report() {
        return Path.of(System.getProperty("bench.report", "target/benchmark.md"));
    }

    private static List<Server> start(Backend backend, Path logs, Path data) throws IOException {
        List<Server> servers = new ArrayList<>();
        closeAtTheEnd(servers, backend, data);
        servers.add(new OwnServer(backend, data.resolve("ours"), logs.resolve("ours.log")));
        Optional<Server> peer = PeerServer.startIfInstalled(backend, data.resolve("peer"), logs.resolve("peer.log"));
        peer.ifPresentOrElse(servers::add, () -> System.out.println(
                "The peer is not installed, so only ours is measured; for both: apt-get install docker-registry"));
        return servers;
    }

    /**
     * Closes servers and deletes their data when this JVM ends, however that comes about.
     *
     * @param servers those that are in the list then
     */
    static void closeAtTheEnd(List<Server> servers, Backend backend, Path data) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(servers, backend, data), "stop the servers"));
    }

    private static void close(List<Server> servers, Backend backend, Path data) {
        for (Server server : servers) {
            try {
                server.close();
            } catch (IOException | RuntimeException e) {
                System.err.println(server.name() + " was not stopped and cleared away: " + e);
            }
        }
        try {
            backend.close();
            Folder.delete(data);
        } catch (IOException e) {
            System.err.println("not deleted: " + e);
        }
    }

    private String run() throws IOException {
        Report report = new Report(servers.get(0), servers.size() > 1 ? servers.get(1) : null);
        for (Server server : servers) {
            out.println("laying out data: " + server.name());
            suite.layOut(server, load);
        }
        List<Phase> phases = suite.phases(servers);
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
        Optional<Phase> afterStart = suite.afterStart();
        if (afterStart.isPresent()) {
            measureStarts(afterStart.get(), report);
        }
        return report.markdown();
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

    private void measureStarts(Phase first, Report report) throws IOException {
        Phase start = Phase.counted("start to the first answer", 1, 1, null);
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
