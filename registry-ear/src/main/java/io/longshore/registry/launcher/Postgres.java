package io.longshore.registry.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The embedded PostgreSQL: the real server, on a port of the loopback interface, durable as it comes, its data in a
 * folder of ours. It ends with this JVM even if that is killed: a small shell, its {@link Keeper}, waits at the end
 * of a pipe whose other end dies with us. What the shell cannot do, because it was killed too, the next start does.
 */
final class Postgres {

    /** What an operator can do where the embedded database cannot run. */
    static final String ALTERNATIVES = "To use a PostgreSQL of your own, set REGISTRY_DATABASE_URL"
            + " (jdbc:postgresql://host:5432/name), REGISTRY_DATABASE_USER and REGISTRY_DATABASE_PASSWORD.";

    private static final int ATTEMPTS = 5;
    private static final int PAUSE_MILLIS = 500;
    private static final int LONGEST_PAUSE_SECONDS = 60;

    private final PostgresFiles files;
    private final Unprivileged user;
    private final PrintStream err;
    private int port;
    /** Held to start a keeper or to begin to stop, so that no keeper is started once that has begun. */
    private final Object turn = new Object();
    private Keeper keeper;
    private volatile boolean stopping;

    private Postgres(PostgresFiles files, Unprivileged user, PrintStream err) {
        this.files = files;
        this.user = user;
        this.err = err;
    }

    /**
     * The PostgreSQL that comes with the installation, not started.
     *
     * @param folder for all its files, of this instance alone
     * @param err where it says that it has to start the server again, and why that fails
     * @throws StartException if there is none for this platform
     */
    static Postgres in(Path folder, Installation installation, PrintStream err) {
        String system = System.getProperty("os.name");
        String processor = System.getProperty("os.arch");
        try {
            PostgresArchive archive = PostgresArchive.find(installation.databaseArchives(), system, processor)
                    .orElseThrow(() -> new StartException("there is no embedded PostgreSQL for " + system + " on "
                            + processor + ". " + ALTERNATIVES));
            Unprivileged user = Unprivileged.find();
            return new Postgres(new PostgresFiles(folder, archive, user), user, err);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Makes ready for a start: stops or cleans up whatever an earlier instance left behind, unpacks and initialises
     * what is not there yet, and settles on a port.
     *
     * @return the way to the database {@code registry}, which is there once the server has started
     * @throws StartException if that fails
     */
    synchronized DatabaseAccess prepare() {
        try {
            stopLeftOver();
            files.prepare();
            port = freePort();
            return new DatabaseAccess("jdbc:postgresql://127.0.0.1:" + port + "/" + PostgresFiles.DATABASE,
                    PostgresFiles.ROLE, files.password());
        } catch (IOException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    /**
     * Starts the server, which must be prepared, and starts it again, on the same port, whenever it ends by itself.
     *
     * @throws StartException if it does not start in the first place; not if it is stopped meanwhile
     */
    synchronized void start() {
        try {
            launch();
        } catch (IOException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    /**
     * Stops the server, if it runs, as PostgreSQL's fast shutdown does, and returns when it has stopped. One that is
     * still about to start, which can take long after a crash, stops as soon as it has.
     */
    void stop() throws IOException, InterruptedException {
        Keeper last;
        synchronized (turn) {
            stopping = true;
            last = keeper;
        }
        if (last != null) {
            last.stop();
        }
    }

    private void launch() throws IOException, InterruptedException {
        files.configure(port);
        for (int attempt = 1; !stopping; attempt++) {
            try {
                attempt();
                return;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
            // What a killed server leaves in shared memory goes with the last of its processes.
            wait(PAUSE_MILLIS);
        }
    }

    private void attempt() throws IOException, InterruptedException {
        Keeper next;
        synchronized (turn) {
            if (stopping) {
                return;
            }
            next = Keeper.start(user.command(), files.program("pg_ctl"), files.data(), files.startLog());
            keeper = next;
        }
        server(next.awaitStarted()).ifPresent(server -> server.onExit().thenRun(() -> reviveWithout(next)));
    }

    /** In a thread of its own, which can take its time and whose failures are seen. */
    private void reviveWithout(Keeper last) {
        Thread thread = new Thread(() -> {
            try {
                last.dismiss();
                revive();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "revive PostgreSQL");
        thread.setDaemon(true);
        thread.start();
    }

    /** Tries until the server runs: what is in the way, such as a full disk, may be gone at any time. */
    private synchronized void revive() throws InterruptedException {
        if (stopping) {
            return;
        }
        err.println("Longshore's PostgreSQL has ended unexpectedly and is started again");
        for (int pause = 1; !stopping; pause = Math.min(2 * pause, LONGEST_PAUSE_SECONDS)) {
            try {
                launch();
                return;
            } catch (IOException e) {
                err.println("Longshore's PostgreSQL cannot run, the next attempt is in " + pause + " s: "
                        + e.getMessage().strip());
            }
            wait(TimeUnit.SECONDS.toMillis(pause));
        }
    }

    /**
     * An instance that was killed may have left its server running, or only the file that says so. That file's process
     * id may be another program's by now, and PostgreSQL would then refuse to start.
     */
    private void stopLeftOver() throws IOException, InterruptedException {
        Path pidFile = files.data().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> server = server(processId(Files.readString(pidFile)));
        if (server.isPresent()) {
            Command.Result stopped = user.command().run("", files.program("pg_ctl"), "stop", "-s", "-w", "-t", "60",
                    "-m", "fast", "-D", files.data().toString());
            if (!stopped.succeeded()) {
                // What is left in memory is gone by one of the attempts to start.
                server.get().destroyForcibly();
            }
        }
        Files.deleteIfExists(pidFile);
    }

    /** 0, which is no process of ours, if the file does not tell. */
    private static long processId(String pidFile) {
        try {
            return Long.parseLong(pidFile.lines().findFirst().orElse("").strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private Optional<ProcessHandle> server(long processId) {
        return ProcessHandle.of(processId).filter(ProcessHandle::isAlive)
                .filter(process -> process.info().commandLine().orElse("").contains(files.data().toString()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            return socket.getLocalPort();
        }
    }

    private static StartException failed(Exception cause) {
        return new StartException("the embedded PostgreSQL cannot run: " + cause.getMessage() + "\n" + ALTERNATIVES,
                cause);
    }
}
