package io.longshore.registry.launcher;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jboss.modules.Main;
import org.jboss.modules.Module;
import org.jboss.modules.ModuleLoadException;

/** The application server in this JVM. It is started once, and stops when the JVM shuts down. */
final class WildFly {

    private static final String[] CONFIGURATION = {"standalone.xml", "logging.properties"};

    private static final int MARKER_WAIT_MILLIS = 10;
    private static final int MARKER_WAITS = 3000;

    private final Installation installation;
    private final Path base;
    private volatile boolean entered;
    private volatile Object services;

    /** @param base the folder that the server writes to */
    WildFly(Installation installation, Path base) {
        this.installation = installation;
        this.base = base;
    }

    /**
     * Starts the server with the application and returns when both are up, or have failed.
     *
     * @throws StartException if the server or the application did not start
     */
    void start(HttpAddress http) {
        try {
            Path configuration = prepare();
            Files.deleteIfExists(marker());
            System.setProperty("longshore.http.host", http.host());
            System.setProperty("longshore.http.port", Integer.toString(http.port()));
            System.setProperty("logging.configuration", configuration.resolve("logging.properties").toUri().toString());
            System.setProperty("org.jboss.boot.log.file", log().toString());
            entered = true;
            Main.main(new String[] {
                "-mp", installation.modules().toString(), "org.jboss.as.standalone",
                "-Djboss.home.dir=" + installation.home(), "-Djboss.server.base.dir=" + base});
            services = services();
            if (!started()) {
                throw new StartException("the application did not start; the log says why: " + log());
            }
        } catch (StartException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("the start was interrupted", e);
        } catch (Throwable e) {
            throw new StartException("the server did not start: " + e + ". Its log is " + log(), e);
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
            Object running = services == null ? services() : services;
            if (running != null) {
                method("org.jboss.msc.service.ServiceContainer", "awaitTermination").invoke(running);
            }
        } catch (ModuleLoadException | ReflectiveOperationException e) {
            throw new IllegalStateException("cannot tell whether the server has stopped", e);
        }
    }

    /** The services that the server consists of, null if it does not run. */
    private static Object services() throws ModuleLoadException, ReflectiveOperationException {
        return method("org.jboss.as.server.CurrentServiceContainer", "getServiceContainer").invoke(null);
    }

    /** The server's classes are loaded by its own modules and cannot be linked from here. */
    private static Method method(String type, String name) throws ModuleLoadException, ReflectiveOperationException {
        return Module.getBootModuleLoader().loadModule("org.jboss.as.server").getClassLoader()
                .loadClass(type).getMethod(name);
    }

    /** The server rewrites its configuration, so that it gets a copy of ours at each start. */
    private Path prepare() throws IOException {
        Path configuration = Files.createDirectories(base.resolve("configuration"));
        Files.createDirectories(base.resolve("log"));
        for (String file : CONFIGURATION) {
            Files.copy(installation.configuration().resolve(file), configuration.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return configuration;
    }

    /** The server writes how its start ended a moment after it has returned. */
    private boolean started() throws IOException, InterruptedException {
        for (int wait = 0; wait < MARKER_WAITS; wait++) {
            String result = Files.exists(marker()) ? Files.readString(marker()) : "";
            if (!result.isEmpty()) {
                return result.startsWith("success");
            }
            Thread.sleep(MARKER_WAIT_MILLIS);
        }
        return false;
    }

    private Path marker() {
        return base.resolve("tmp/startup-marker");
    }
}
