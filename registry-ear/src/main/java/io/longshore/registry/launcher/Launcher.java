package io.longshore.registry.launcher;

import io.longshore.registry.config.TlsConfig;
import io.longshore.registry.launcher.tls.Tls;
import io.longshore.registry.launcher.tls.TlsException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;

/** Runs the registry in the foreground: the command behind {@code bin/registry}. */
public final class Launcher {

    private static final String FAILURE = "Longshore cannot start: ";
    private static final int FIRST_ANSWER_MILLIS = 30_000;
    /** What shows no credentials, in a scheme that the registry does not speak: it looks no further for who it is. */
    private static final String NOBODY = "Start";

    private final LaunchSettings settings;
    private final Installation installation;
    private final WildFly server;
    private final PrintStream out;
    private final PrintStream err;
    private final Console console;
    /** Kept so that the lock on it lasts as long as the JVM. */
    private DataFolder data;
    private volatile Postgres database;
    private volatile boolean ready;
    private volatile boolean stopping;

    private Launcher(LaunchSettings settings, Installation installation, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.installation = installation;
        this.server = new WildFly(installation, settings.data().resolve("server"));
        this.out = out;
        this.err = err;
        this.console = new Console(err);
    }

    /** Starts the registry; the JVM then runs until it is told to stop. Takes no arguments. */
    public static void main(String... args) {
        PrintStream err = System.err;
        try {
            Installation installation = new Installation(Path.of(System.getProperty("longshore.home")));
            LaunchSettings settings = LaunchSettings.load();
            new Launcher(settings, installation, System.out, err).run();
        } catch (StartException e) {
            err.println(FAILURE + e.getMessage());
            System.exit(1);
        }
    }

    private void run() {
        System.setErr(new PrintStream(console, true));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop the registry"));
        try {
            URI address = start();
            console.show();
            ready = true;
            out.println("Longshore is ready: " + address);
        } catch (StartException e) {
            fail(e);
        }
    }

    private URI start() {
        Optional<Tls> tls = settings.tls().map(Launcher::install);
        HttpAddress http = settings.http().claim();
        data = DataFolder.open(settings.data());
        System.setProperty("registry.data", data.path().toString());
        Optional<DatabaseAccess> embedded =
                settings.embeddedDatabase() ? Optional.of(startDatabase()) : Optional.empty();
        server.start(http, settings);
        URI check = http.reachable(tls.isPresent(), "/v2/");
        requireAnswer(check, tls);
        tls.ifPresent(Tls::serve);
        embedded.ifPresent(DatabaseAccess::withdrawPassword);
        return check;
    }

    private static Tls install(TlsConfig config) {
        try {
            Tls tls = Tls.load(config, Clock.systemUTC());
            tls.install();
            return tls;
        } catch (TlsException e) {
            throw new StartException("http.tls cannot be used: " + e.getMessage(), e);
        }
    }

    /** The application waits for its database, so that server and database start side by side. */
    private DatabaseAccess startDatabase() {
        Postgres postgres = Postgres.in(data.path().resolve("postgres"), installation, err);
        database = postgres;
        DatabaseAccess access = postgres.prepare();
        access.publish();
        Thread starter = new Thread(() -> {
            try {
                postgres.start();
            } catch (StartException e) {
                fail(e);
            }
        }, "start PostgreSQL");
        starter.setDaemon(true);
        starter.start();
        return access;
    }

    private void fail(StartException failure) {
        // What fails because it is being stopped is not worth a word.
        if (!stopping) {
            console.drop();
            err.println(FAILURE + failure.getMessage());
            System.exit(1);
        }
    }

    /** The server has a shutdown hook of its own; the database must outlive what that does. */
    private void stop() {
        stopping = true;
        if (console.tellsOfGivingUp()) {
            console.show();
        }
        console.drop();
        if (ready) {
            ClassArchive.wanted().ifPresent(this::write);
        }
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

    /** Now, because the classes of the application are still loaded, and will not be missed while all stands still. */
    private void write(ClassArchive archive) {
        try {
            archive.write();
        } catch (IOException e) {
            err.println("Longshore starts slower than it could, without " + archive.file() + ": " + e.getMessage());
        }
    }

    private void requireAnswer(URI check, Optional<Tls> tls) {
        try {
            HttpURLConnection request = (HttpURLConnection) check.toURL().openConnection();
            if (tls.isPresent() && request instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(tls.get().forOwnCheck().getSocketFactory());
                // The certificate is known; it need not be for the name by which this machine calls itself.
                secure.setHostnameVerifier((host, session) -> true);
                // Nor is it that of a user, although the server takes it from a client here.
                secure.setRequestProperty("Authorization", NOBODY);
            }
            request.setConnectTimeout(FIRST_ANSWER_MILLIS);
            request.setReadTimeout(FIRST_ANSWER_MILLIS);
            int status = request.getResponseCode();
            request.disconnect();
            if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_UNAUTHORIZED) {
                throw new StartException(check + " answers " + status + "; the log says why: " + server.log());
            }
        } catch (IOException | TlsException e) {
            throw new StartException(check + " does not answer: " + e.getMessage(), e);
        }
    }
}
