package io.longshore.registry.it.notification;

import io.longshore.registry.it.RegistryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What the JVM of a server holds. */
final class Heap {
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final Pattern USED = Pattern.compile("generation +total \\d+K, used (\\d+)K");

    private Heap() {}

    /** After a collection, in KiB. */
    static long usedKib(RegistryServer server) throws IOException, InterruptedException {
        jcmd(server, "GC.run");
        return USED.matcher(jcmd(server, "GC.heap_info")).results()
                .mapToLong(used -> Long.parseLong(used.group(1)))
                .sum();
    }

    private static String jcmd(RegistryServer server, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(JCMD.toString(), "" + server.process().pid(), command)
                .redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(text);
        }
        return text;
    }
}
