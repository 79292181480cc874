package io.longshore.registry.client.http;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A transport in whose time nothing takes any: waiting moves the clock. */
public final class TestTransport {
    private static final Origin REGISTRY = Origin.of(URI.create("http://127.0.0.1"));

    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private volatile Instant now = Instant.parse("2026-01-31T12:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    public Transport plain() {
        return with(new PlainHosts(Set.of(), true), new RetryPolicy(
                3, Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofMinutes(1)));
    }

    Transport with(PlainHosts hosts, RetryPolicy policy) {
        return with(new Connections(ConnectionSettings.DEFAULT, REGISTRY), hosts, policy);
    }

    Transport with(Connections connections, PlainHosts hosts, RetryPolicy policy) {
        return new Transport(
                connections, hosts, new Fence(REGISTRY, Set.of()), policy, timing(), (source, text) -> warnings.add(source + " " + text));
    }

    public Timing timing() {
        return new Timing(clock, new Random(7), this::pass);
    }

    public void pass(Duration delay) {
        waits.add(delay);
        now = now.plus(delay);
    }

    public List<Duration> waits() {
        return List.copyOf(waits);
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
