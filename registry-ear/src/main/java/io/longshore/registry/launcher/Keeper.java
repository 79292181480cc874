package io.longshore.registry.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The small shell that starts a PostgreSQL server and stops it again when the pipe from this JVM ends, which it does
 * even if the JVM is killed. One keeper for each server that is started; methods may be called from any thread.
 */
final class Keeper {

    private static final int STOP_SECONDS = 90;
    private static final String STARTED = "started ";

    /**
     * Starts the server, says its process id, and waits. A line of input says that the server has ended by itself;
     * then there is nothing left to do. The end of the input says that the server is to be stopped, as PostgreSQL's
     * fast shutdown does, and an immediate one after a minute. It is signalled only while its own file names it, for
     * the process id of a server that is gone may be another program's. The signals that a terminal or a service
     * manager sends to all processes at once are for the JVM, which ends us in its order. The server takes its file
     * postmaster.pid away as the last thing it does, and its process ends a moment later; where nobody collects
     * zombies, as in a container, it would never be seen to end, so this is waited for only that moment. Arguments:
     * pg_ctl, the cluster, the log.
     */
    private static final String SCRIPT = """
            trap '' HUP INT QUIT TERM
            cluster=$2
            "$1" start -s -w -t 600 -D "$cluster" -l "$3" || exit 1
            read -r pid < "$cluster/postmaster.pid"
            runs() {
                { read -r named < "$cluster/postmaster.pid"; } 2> /dev/null && [ "$named" = "$pid" ] \\
                    && kill -0 "$pid" 2> /dev/null
            }
            echo "started $pid"
            if read -r ended; then exit 0; fi
            if runs; then kill -INT "$pid"; fi
            waited=0
            while runs; do
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

    private final Process shell;
    private final Path startLog;

    private Keeper(Process shell, Path startLog) {
        this.shell = shell;
        this.startLog = startLog;
    }

    /**
     * Begins to start a server.
     *
     * @param user runs commands as the user that the server is to run as
     * @param control the program {@code pg_ctl}
     * @param cluster the data folder of the server
     * @param startLog what the server writes until it has opened its own log
     */
    static Keeper start(Command user, String control, Path cluster, Path startLog) throws IOException {
        Process shell = user.prepare("sh", "-c", SCRIPT, "registry-postgres", control, cluster.toString(),
                startLog.toString()).start();
        return new Keeper(shell, startLog);
    }

    /**
     * Waits until the server accepts connections.
     *
     * @return its process id
     * @throws IOException if it did not start, with all that it said
     */
    long awaitStarted() throws IOException, InterruptedException {
        BufferedReader output = shell.inputReader(StandardCharsets.UTF_8);
        String first = output.readLine();
        if (first != null && first.startsWith(STARTED)) {
            return Long.parseLong(first.substring(STARTED.length()).strip());
        }
        String rest = output.lines().collect(Collectors.joining("\n"));
        shell.waitFor();
        String log = Files.exists(startLog) ? Files.readString(startLog) : "";
        throw new IOException("it did not start:\n" + (first == null ? "" : first + "\n") + rest + "\n" + log);
    }

    /** Ends without touching the server, which must have ended by itself. */
    void dismiss() throws InterruptedException {
        try (OutputStream input = shell.getOutputStream()) {
            input.write('\n');
        } catch (IOException e) {
            // It has ended, or is just being told to stop; both will do.
        }
        shell.waitFor();
    }

    /** Stops the server and returns when it has stopped; a server that is still starting stops as soon as it has. */
    void stop() throws IOException, InterruptedException {
        shell.getOutputStream().close();
        shell.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
