package io.longshore.registry.it.arquillian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jboss.as.arquillian.container.ManagementClient;

/** WildFly's command line, as an administrator calls it. */
final class Cli {
    private static final Path PROGRAM = Path.of(System.getProperty("stock-wildfly.home"), "bin/jboss-cli.sh");
    private static final Path OUTPUT = Path.of("target/stock-wildfly/cli.log").toAbsolutePath();
    private static final int CONNECT_SECONDS = 60;
    private static final int TIMEOUT_SECONDS = 180;

    private Cli() {}

    /**
     * Runs the program against a running server.
     *
     * @param what {@code --command=} and a command, or {@code --file=} and a script
     * @throws IOException with what it printed, if it failed or took too long
     */
    static void run(ManagementClient server, String what) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                PROGRAM.toString(),
                "--connect",
                "--timeout=" + TimeUnit.SECONDS.toMillis(CONNECT_SECONDS),
                "--controller=" + server.getMgmtAddress() + ":" + server.getMgmtPort(),
                what);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(OUTPUT.toFile())
                .start();
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(what + " failed:\n" + Files.readString(OUTPUT));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
