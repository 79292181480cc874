package io.longshore.registry.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;

/** Runs the registry in the foreground: the command behind {@code bin/registry}. */
public final class Launcher {

    private static final int FIRST_ANSWER_MILLIS = 30_000;

    private final LaunchSettings settings;
    private final Installation installation;
    private final WildFly server;
    /** Kept so that the lock on it lasts as long as the JVM. */
    private DataFolder data;
    private volatile Postgres database;
    private volatile boolean stopping;

    private Launcher(LaunchSettings settings, Installation installation) {
        this.settings = settings;
        this.installation = installation;
        this.server = new WildFly(installation, settings.data().resolve("server"));
    }

    /** Starts the registry; the JVM then runs until it is told to stop. Takes no arguments. */
    public static void main(String... args) {
        // The server puts its own streams in the place of these.
        PrintStream out = System.out;
        PrintStream err = System.err;
        try {
            Installation installation = new Installation(Path.of(System.getProperty("longshore.home")));
            LaunchSettings settings = LaunchSettings.from(System.getenv(), Path.of(""));
            new Launcher(settings, installation).run(out, err);
        } catch (StartException e) {
            err.println("Longshore cannot start: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run(PrintStream out, PrintStream err) {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(err), "stop the registry"));
            URI ready = start();
            out.println("Longshore is ready: " + ready);
        } catch (StartException e) {
            // What fails because it is being stopped is not worth a word.
            if (!stopping) {
                throw e;
            }
        }
    }

    private URI start() {
        HttpAddress http = settings.http().claim();
        data = DataFolder.open(settings.data());
        System.setProperty("registry.data", data.path().toString());
        if (settings.embeddedDatabase()) {
            database = Postgres.in(data.path().resolve("postgres"), installation);
            database.start().publish();
        }
        server.start(http);
        URI check = http.reachable("/v2/");
        requireAnswer(check);
        return check;
    }

    /** The server has a shutdown hook of its own; the database must outlive what that does. */
    private void stop(PrintStream err) {
        stopping = true;
        try {
            server.awaitStopped();
            if (database != null) {
                database.stop();
            }
        } catch (IOException e) {
            err.println("Longshore could not stop its PostgreSQL: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireAnswer(URI check) {
        try {
            HttpURLConnection request = (HttpURLConnection) check.toURL().openConnection();
            request.setConnectTimeout(FIRST_ANSWER_MILLIS);
            request.setReadTimeout(FIRST_ANSWER_MILLIS);
            int status = request.getResponseCode();
            request.disconnect();
            if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_UNAUTHORIZED) {
                throw new StartException(check + " answers " + status + "; the log says why: " + server.log());
            }
        } catch (IOException e) {
            throw new StartException(check + " does not answer: " + e.getMessage(), e);
        }
    }
}
