package io.longshore.registry.launcher;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.modules.Main;
import org.jboss.modules.Module;
import org.jboss.modules.ModuleClassLoader;
import org.jboss.modules.ModuleLoadException;

/** The application server in this JVM. It is started once, and stops when the JVM shuts down. */
final class WildFly {
    /** Where exceptions are made that only carry another one. */
    private static final List<String> SERVER = List.of(
            "java.", "jdk.", "sun.", "jakarta.", "org.jboss.", "org.wildfly.", "io.undertow.", "org.glassfish.");

    private static final String SERVER_XML = "standalone.xml";
    private static final String LOGGING = "logging.properties";
    private static final String HTTPS_LISTENER = "org.wildfly.undertow.listener.https";
    private static final int MARKER_MILLIS = 20;

    private final Installation installation;
    private final Path base;
    private volatile boolean entered;
    /** Kept because the server forgets it before it has stopped. */
    private volatile Object running;

    /** @param base the folder that the server writes to */
    WildFly(Installation installation, Path base) {
        this.installation = installation;
        this.base = base;
    }

    /**
     * Starts the server with the application and returns when both are up, or have failed. A server that cannot even
     * read its configuration ends the JVM instead.
     *
     * @param settings what the server is told of them: how long a connection may carry nothing, how long a head may be,
     *     and the kind of TLS
     * @throws StartException if the server or the application did not start
     */
    void start(HttpAddress http, LaunchSettings settings) {
        try {
            Path configuration = prepare(settings.tls().isPresent());
            Files.deleteIfExists(marker());
            System.setProperty("longshore.http.host", http.host());
            System.setProperty("longshore.http.port", Integer.toString(http.port()));
            System.setProperty("longshore.http.idle.millis", Long.toString(settings.idleTimeout().toMillis()));
            System.setProperty("longshore.http.head.bytes", Integer.toString(settings.headBytes()));
            // For HTTP/2; the smaller of this and what the listener has holds.
            System.setProperty("io.undertow.http2-max-header-size", Integer.toString(settings.headBytes()));
            settings.tls().ifPresent(tls -> TlsProperties.of(tls).forEach(System::setProperty));
            System.setProperty("logging.configuration",
                    configuration.resolve("logging.properties").toUri().toString());
            System.setProperty("org.jboss.boot.log.file", log().toString());
            entered = true;
            Main.main(new String[] {
                "-mp", installation.modules().toString(), "org.jboss.as.standalone",
                "-Djboss.home.dir=" + installation.home(), "-Djboss.server.base.dir=" + base});
            running = services();
            if (!started()) {
                throw new StartException(causes() + "\nThe log says more: " + log());
            }
            if (settings.tls().isPresent()) {
                SilentConnections.limit(httpsListener(), settings.idleTimeout());
            }
        } catch (StartException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("the start was interrupted", e);
        } catch (Throwable e) {
            throw new StartException("the server did not start: " + e + "\nIts log is " + log(), e);
        }
    }

    /** Where the server logs. */
    Path log() {
        return base.resolve("log/server.log");
    }

    /** Waits until all of the server has stopped, if it was started; the JVM must be shutting down. */
    void awaitStopped() {
        if (!entered) {
            return;
        }
        try {
            Object stopping = running == null ? services() : running;
            if (stopping != null) {
                method("org.jboss.msc.service.ServiceContainer", "awaitTermination").invoke(stopping);
            }
        } catch (ModuleLoadException | ReflectiveOperationException e) {
            throw new IllegalStateException("cannot tell whether the server has stopped", e);
        }
    }

    private static Object httpsListener() throws ModuleLoadException, ReflectiveOperationException {
        Class<?> name = type("org.jboss.msc.service.ServiceName");
        Object https = name.getMethod("parse", String.class).invoke(null, HTTPS_LISTENER);
        Object controller = type("org.jboss.msc.service.ServiceRegistry")
                .getMethod("getRequiredService", name).invoke(services(), https);
        return method("org.jboss.msc.service.ServiceController", "getService").invoke(controller);
    }

    /** Why services failed to start, each reason once: what was wrong in the first place, not where it surfaced. */
    private String causes() throws ModuleLoadException, ReflectiveOperationException {
        Set<String> causes = new TreeSet<>();
        Object services = services();
        Method service = type("org.jboss.msc.service.ServiceRegistry")
                .getMethod("getService", type("org.jboss.msc.service.ServiceName"));
        Method failure = method("org.jboss.msc.service.ServiceController", "getStartException");
        List<?> names = (List<?>) method("org.jboss.msc.service.ServiceRegistry", "getServiceNames").invoke(services);
        for (Object name : names) {
            Object controller = service.invoke(services, name);
            Throwable cause = controller == null ? null : (Throwable) failure.invoke(controller);
            if (cause != null) {
                causes.add(root(cause));
            }
        }
        return causes.isEmpty() ? "the application did not start" : String.join("\n", causes);
    }

    /**
     * What the application itself says: the outermost cause that was made outside of the server and its libraries. What
     * the server made of it says less, and what it was made of is only a detail.
     */
    static String root(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            if (isOfApplication(cause)) {
                break;
            }
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    private static boolean isOfApplication(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return trace.length > 0 && SERVER.stream().noneMatch(trace[0].getClassName()::startsWith);
    }

    /** The services that the server consists of, null if it does not run. */
    private static Object services() throws ModuleLoadException, ReflectiveOperationException {
        return method("org.jboss.as.server.CurrentServiceContainer", "getServiceContainer").invoke(null);
    }

    private static Method method(String type, String name) throws ModuleLoadException, ReflectiveOperationException {
        return type(type).getMethod(name);
    }

    /** The server's classes are loaded by its own modules and cannot be linked from here. */
    private static Class<?> type(String name) throws ModuleLoadException, ClassNotFoundException {
        ModuleClassLoader loader = Module.getBootModuleLoader().loadModule("org.jboss.as.server").getClassLoader();
        return loader.loadClass(name);
    }

    /** The server rewrites its configuration, so that it gets a copy of ours at each start. */
    private Path prepare(boolean tls) throws IOException {
        Path configuration = Files.createDirectories(base.resolve("configuration"));
        Files.createDirectories(base.resolve("log"));
        // Without the attributes of the files: the installation may be read-only.
        Files.writeString(
                configuration.resolve(LOGGING), Files.readString(installation.configuration().resolve(LOGGING)));
        ServerConfiguration server =
                new ServerConfiguration(Files.readString(installation.configuration().resolve(SERVER_XML)));
        Files.writeString(configuration.resolve(SERVER_XML), (tls ? server.withTls() : server).xml());
        return configuration;
    }

    /** The server starts in threads of its own and writes at the end how that went. */
    private boolean started() throws IOException, InterruptedException {
        while (true) {
            String result = Files.exists(marker()) ? Files.readString(marker()) : "";
            if (!result.isEmpty()) {
                return result.startsWith("success");
            }
            Thread.sleep(MARKER_MILLIS);
        }
    }

    private Path marker() {
        return base.resolve("tmp/startup-marker");
    }
}
