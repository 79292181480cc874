package io.longshore.registry.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The embedded PostgreSQL: the real server, on a port of the loopback interface, durable as it comes, its data in a
 * folder of ours. It ends with this JVM even if that is killed: a small shell waits at the end of a pipe whose other
 * end dies with us. What the shell cannot do, because it was killed too, the next start does.
 */
final class Postgres {

    /** What an operator can do where the embedded database cannot run. */
    static final String ALTERNATIVES = "To use a PostgreSQL of your own, set REGISTRY_DATABASE_URL"
            + " (jdbc:postgresql://host:5432/name), REGISTRY_DATABASE_USER and REGISTRY_DATABASE_PASSWORD.";

    private static final int ATTEMPTS = 5;
    private static final int PAUSE_MILLIS = 500;
    private static final int STOP_SECONDS = 90;
    private static final String STARTED = "started";

    /**
     * Starts the server, says its process id, waits until its own input ends, and stops the server that it started, and
     * no later one. The signals that a terminal or a service manager sends to all processes at once are for the JVM,
     * which ends us in its order. The server takes its file postmaster.pid away as the last thing it does, and its process
     * ends a moment later; where nobody collects zombies, as in a container, it would never be seen to end, so this is
     * waited for only that moment. Arguments: pg_ctl, the cluster, the log.
     */
    private static final String KEEPER = """
            trap '' HUP INT QUIT TERM
            "$1" start -s -w -t 600 -D "$2" -l "$3" || exit 1
            read -r pid < "$2/postmaster.pid"
            echo "started $pid"
            read -r end
            kill -INT "$pid"
            waited=0
            while [ -e "$2/postmaster.pid" ] && kill -0 "$pid" 2> /dev/null; do
                if [ "$waited" -eq 600 ]; then kill -QUIT "$pid"; fi
                waited=$((waited + 1))
                sleep 0.1
            done
            waited=0
            while [ "$waited" -lt 20 ] && kill -0 "$pid" 2> /dev/null; do
                waited=$((waited + 1))
                sleep 0.1
            done
            """;

    private final PostgresFiles files;
    private final Unprivileged user;
    private final PrintStream err;
    private int port;
    private volatile Process keeper;
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
     * @param err where it says that it had to start the server again
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
     * Starts the server, which must be prepared, and starts it again, on the same port, if it ends by itself.
     *
     * @throws StartException if it does not start
     */
    synchronized void start() {
        try {
            files.configure(port);
            String failure = "";
            for (int attempt = 0; attempt < ATTEMPTS && !stopping; attempt++) {
                failure = attempt();
                if (failure.isEmpty()) {
                    return;
                }
                // What a killed server leaves in shared memory goes with the last of its processes.
                wait(PAUSE_MILLIS);
            }
            throw new IOException("it did not start:\n" + failure);
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
        stopping = true;
        Process running = keeper;
        if (running != null) {
            running.getOutputStream().close();
            running.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Tries to start the server; answers why it did not start, or nothing if it did. */
    private String attempt() throws IOException, InterruptedException {
        keeper = user.command().prepare("sh", "-c", KEEPER, "registry-postgres", files.program("pg_ctl"),
                files.data().toString(), files.startLog().toString()).start();
        BufferedReader output = new BufferedReader(new InputStreamReader(keeper.getInputStream(),
                StandardCharsets.UTF_8));
        String first = output.readLine();
        if (first != null && first.startsWith(STARTED)) {
            server(first.substring(STARTED.length())).ifPresent(server -> server.onExit().thenRun(this::revive));
            return "";
        }
        String rest = output.lines().collect(Collectors.joining("\n"));
        keeper.waitFor();
        return first + "\n" + rest + "\n" + startLog();
    }

    private synchronized void revive() {
        if (!stopping) {
            err.println("Longshore's PostgreSQL has ended unexpectedly and is started again");
            start();
        }
    }

    private String startLog() throws IOException {
        return Files.exists(files.startLog()) ? Files.readString(files.startLog()) : "";
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
        Optional<ProcessHandle> server = server(Files.readString(pidFile).lines().findFirst().orElse(""));
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

    private Optional<ProcessHandle> server(String pid) {
        try {
            return ProcessHandle.of(Long.parseLong(pid.strip())).filter(ProcessHandle::isAlive)
                    .filter(process -> process.info().commandLine().orElse("").contains(files.data().toString()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
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
