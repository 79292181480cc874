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
    private final WildFly server;

    private Launcher(LaunchSettings settings, Installation installation) {
        this.settings = settings;
        this.server = new WildFly(installation, settings.data().resolve("server"));
    }

    /** Starts the registry; the JVM then runs until it is told to stop. Takes no arguments. */
    public static void main(String... args) {
        // The server puts its own streams in the place of these.
        PrintStream out = System.out;
        PrintStream err = System.err;
        try {
            Installation installation = new Installation(Path.of(System.getProperty("registry.home")));
            LaunchSettings settings = LaunchSettings.from(System.getenv(), Path.of(""));
            URI ready = new Launcher(settings, installation).start();
            out.println("Longshore is ready: " + ready);
        } catch (StartException e) {
            err.println("Longshore cannot start: " + e.getMessage());
            System.exit(1);
        }
    }

    private URI start() {
        HttpAddress http = settings.http().claim();
        System.setProperty("registry.data", settings.data().toString());
        server.start(http);
        URI check = http.reachable("/v2/");
        requireAnswer(check);
        return check;
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
