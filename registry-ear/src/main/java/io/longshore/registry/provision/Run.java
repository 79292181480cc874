package io.longshore.registry.provision;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs the server in the foreground of a build, and ends it before the build's own JVM ends. */
public final class Run {

    private static final int STOP_SECONDS = 60;

    private Run() {
    }

    /**
     * Runs a command with the streams and the working folder of this JVM and returns when it has ended well. When the
     * JVM is told to end, the command is told as well, and this method does not return: the build has nothing to say
     * about it any more.
     *
     * @throws IllegalStateException if the command ends with a status other than 0
     */
    public static void main(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        AtomicBoolean ending = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ending.set(true);
            stop(process);
        }, "stop the server"));
        int status = process.waitFor();
        while (ending.get()) {
            TimeUnit.SECONDS.sleep(STOP_SECONDS);
        }
        if (status != 0) {
            throw new IllegalStateException("the server ended with status " + status);
        }
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
