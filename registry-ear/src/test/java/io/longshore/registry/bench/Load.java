package io.longshore.registry.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** Runs phases, with a thread and a connection for each client. For one thread. */
final class Load {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Errors errors;

    Load(Errors errors) {
        this.errors = errors;
    }

    Errors errors() {
        return errors;
    }

    /**
     * Runs a phase on a server. Connections are made, and data is laid out, before the clock starts.
     *
     * @param time after which no operation begins
     */
    Sample run(Server server, Phase phase, Duration time) throws IOException {
        Operation operation;
        try (RegistryCalls calls = server.connect()) {
            operation = phase.preparation().prepare(server, calls);
        }
        Run run = new Run(operation, phase.operations() == 0 ? Integer.MAX_VALUE : phase.operations(), time);
        List<Worker> workers = connect(server, phase, run);
        Sample sample = measure(server, run, workers);
        server.sampleMemory();
        for (Worker worker : workers) {
            worker.calls.close();
        }
        try (RegistryCalls calls = server.connect()) {
            phase.check().run(calls);
        }
        return sample;
    }

    private List<Worker> connect(Server server, Phase phase, Run run) throws IOException {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < phase.clients(); i++) {
            RegistryCalls calls = server.connect();
            calls.open();
            workers.add(new Worker(run, calls, phase.name() + " on " + server.name()));
        }
        return workers;
    }

    private Sample measure(Server server, Run run, List<Worker> workers) throws IOException {
        workers.forEach(Thread::start);
        double cpu = server.cpuSeconds();
        long begin = System.nanoTime();
        run.begin();
        awaitAll(workers, run.time.plus(PATIENCE));
        double seconds = (System.nanoTime() - begin) / 1e9;
        double used = server.cpuSeconds() - cpu;
        long[] latencies = workers.stream().flatMapToLong(Worker::latencies).sorted().toArray();
        return new Sample(latencies.length, seconds, used, latencies);
    }

    private void awaitAll(List<Worker> workers, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (Worker worker : workers) {
                worker.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                if (worker.isAlive()) {
                    errors.add(worker.getName() + ": no end after " + patience);
                    worker.calls.close();
                    worker.join();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while clients work", e);
        }
    }

    /** What the clients of a run share. */
    private static final class Run {
        private final Operation operation;
        private final int operations;
        private final Duration time;
        private final CountDownLatch start = new CountDownLatch(1);
        private final AtomicInteger next = new AtomicInteger();
        private long deadline;

        Run(Operation operation, int operations, Duration time) {
            this.operation = operation;
            this.operations = operations;
            this.time = time;
        }

        void begin() {
            deadline = System.nanoTime() + time.toNanos();
            start.countDown();
        }

        /** The number of the next operation, or -1 if there is none. */
        int next() {
            if (System.nanoTime() > deadline) {
                return -1;
            }
            int number = next.getAndIncrement();
            return number < operations ? number : -1;
        }
    }

    private final class Worker extends Thread {
        private final Run run;
        private final RegistryCalls calls;
        private long[] nanos = new long[1024];
        private int done;

        Worker(Run run, RegistryCalls calls, String name) {
            super(name);
            this.run = run;
            this.calls = calls;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                run.start.await();
                for (int number = run.next(); number >= 0; number = run.next()) {
                    long begin = System.nanoTime();
                    run.operation.run(calls, number);
                    record(System.nanoTime() - begin);
                }
            } catch (IOException | RuntimeException e) {
                errors.add(getName() + ": " + e);
            } catch (InterruptedException e) {
                errors.add(getName() + ": interrupted");
            }
        }

        LongStream latencies() {
            return LongStream.of(nanos).limit(done);
        }

        private void record(long latency) {
            if (done == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * done);
            }
            nanos[done++] = latency;
        }
    }
}
