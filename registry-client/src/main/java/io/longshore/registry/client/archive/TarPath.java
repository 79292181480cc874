package io.longshore.registry.client.archive;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Names in an archive: what leads out of it, is none. */
final class TarPath {
    private TarPath() {}

    /**
     * A name without what means nothing, such as the beginning of {@code ./a//b/}.
     *
     * @throws IOException if it leads out
     */
    static String of(String name) throws IOException {
        return resolve("", name);
    }

    /** What a link means that stands here. */
    static String besides(String link, String target) throws IOException {
        return resolve(link.substring(0, link.lastIndexOf('/') + 1), target);
    }

    private static String resolve(String folder, String name) throws IOException {
        if (name.startsWith("/") || name.indexOf('\0') >= 0) {
            throw leadsOut(name);
        }
        Deque<String> steps = new ArrayDeque<>();
        for (String step : (folder + name).split("/")) {
            if (step.equals("..")) {
                if (steps.pollLast() == null) {
                    throw leadsOut(name);
                }
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return String.join("/", steps);
    }

    private static IOException leadsOut(String name) {
        return new IOException("the archive has a path that leads out of it: "
                + name.substring(0, Math.min(name.length(), 100)).replaceAll("\\p{Cntrl}", "?"));
    }
}
