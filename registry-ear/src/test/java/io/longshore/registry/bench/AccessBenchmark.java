package io.longshore.registry.bench;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import io.longshore.registry.bench.Doorway.Credential;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures what it costs to know who sends a request and whether they may: the built server, open to all, and the same
 * one where everybody logs in. Each way in is measured next to the open one, so that both have the same machine, and
 * have done as much, which the JVM makes them faster for. Takes the system properties of {@link Benchmark} that say how
 * much.
 */
final class AccessBenchmark {

    private final Scale scale;
    private final Doorway open;
    private final List<Doorway> closed;
    private final Load load = new Load(new Errors());
    private final PrintStream out = System.out;

    private AccessBenchmark(Scale scale, Doorway open, List<Doorway> closed) {
        this.scale = scale;
        this.open = open;
        this.closed = closed;
    }

    /**
     * Runs it.
     *
     * @throws IllegalStateException if a request failed
     */
    static void main() throws IOException {
        Scale scale = Scale.fromSystemProperties();
        long seed = Benchmark.seed();
        Path folder = Files.createDirectories(Path.of("target/bench").toAbsolutePath());
        Path data = Files.createTempDirectory(folder, "data-");
        String head = "%s%nrounds: %d, seed: %d, load average before: %s%n%n".formatted(
                Machine.describe(), scale.rounds(), seed, Machine.load());
        System.out.println(head);
        List<Server> servers = new ArrayList<>();
        Backend backend = new FileBackend();
        Benchmark.closeAtTheEnd(servers, backend, data);
        servers.add(new OwnServer("open", backend, Map.of(), data.resolve("open"), folder.resolve("open.log")));
        try (InMemoryDirectoryServer directory = AccessServer.startDirectory()) {
            servers.add(AccessServer.start(
                    directory, backend, data.resolve("closed"), folder.resolve("closed.log")));
            Doorway open = new Doorway("nothing", servers.get(0), Credential.NONE);
            AccessBenchmark benchmark = new AccessBenchmark(scale, open, AccessServer.doorways(servers.get(1)));
            benchmark.report(head, new Content(scale, seed));
        }
    }

    private void report(String head, Content content) throws IOException {
        String table = run(content);
        System.out.println(table);
        Files.writeString(Benchmark.report(), head + table);
        if (load.errors().count() > 0) {
            throw new IllegalStateException("requests failed: " + load.errors().count() + "\n" + load.errors());
        }
    }

    private String run(Content content) throws IOException {
        content.pushManifestsTo(open, load);
        content.pushManifestsTo(closed.get(0), load);
        List<Phase> phases = new ManifestPhases(content, scale).common();
        out.println("warming up");
        for (Phase phase : phases) {
            for (Doorway doorway : closed) {
                load.run(open, phase, scale.warmUp());
                load.run(doorway, phase, scale.warmUp());
            }
        }
        AccessReport report = new AccessReport();
        for (int round = 1; round <= scale.rounds(); round++) {
            out.println("round " + round + ", load average " + Machine.load());
            for (Phase phase : phases) {
                for (Doorway doorway : closed) {
                    report.add(phase, doorway.name(), measure(phase, doorway, round % 2 == 0));
                }
            }
        }
        return report.markdown();
    }

    private AccessReport.Pair measure(Phase phase, Doorway doorway, boolean openFirst) throws IOException {
        if (openFirst) {
            Sample first = measure(phase, open);
            return new AccessReport.Pair(first, measure(phase, doorway));
        }
        Sample first = measure(phase, doorway);
        return new AccessReport.Pair(measure(phase, open), first);
    }

    private Sample measure(Phase phase, Doorway doorway) throws IOException {
        Machine.sync();
        Sample sample = load.run(doorway, phase, phase.operations() == 0 ? scale.measured() : Benchmark.LONGEST);
        out.printf("  %s, %s: %.0f op/s, %.3f ms CPU%n", phase.name(), doorway.name(), sample.rate(phase),
                sample.cpu(phase));
        return sample;
    }
}
