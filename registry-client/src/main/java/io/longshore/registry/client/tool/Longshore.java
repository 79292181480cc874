package io.longshore.registry.client.tool;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program. */
final class Longshore {
    private static final int BUFFER = 64 << 10;
    private static final String TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    private Longshore() {}

    /** Runs the command that these words are, and ends the process with its {@link ExitCode}. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER), false,
                StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        // Read by Java once, before it uses HTTP: without it, proxies would be sent no password for TLS.
        if (System.getProperty(TUNNELS) == null) {
            System.setProperty(TUNNELS, "");
        }
        Interruption interruption = Interruption.ofThisThread();
        int exitCode;
        try {
            exitCode = new Tool(InterruptibleInput.ofProcess(), out, err, Terminal.isThere()).run(arguments);
        } finally {
            interruption.done();
        }
        System.exit(exitCode);
    }
}
