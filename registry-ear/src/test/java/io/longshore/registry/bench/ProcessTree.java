package io.longshore.registry.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** What a process and its descendants have used, as Linux tells it in {@code /proc}. Stateless beyond the process. */
record ProcessTree(ProcessHandle root) {

    // Since Linux 2.6 what programs see is in hundredths of a second, whatever the kernel counts in.
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TIME = 11;
    private static final int TIMES = 4;

    /** Seconds of user and system time, those of children that have ended included. */
    double cpuSeconds() {
        return processes().stream().mapToLong(ProcessTree::ticks).sum() / TICKS_PER_SECOND;
    }

    /** The most memory that the root process ever had resident, in KiB. */
    long peakResidentKiB() {
        return field(path(root.pid(), "status"), "VmHWM:");
    }

    /** The memory of all processes, what they share counted once, in KiB. */
    long proportionalKiB() {
        return processes().stream().mapToLong(pid -> field(path(pid, "smaps_rollup"), "Pss:")).sum();
    }

    private Set<Long> processes() {
        Set<Long> pids = new LinkedHashSet<>();
        Stream.concat(Stream.of(root), root.descendants()).forEach(process -> pids.add(process.pid()));
        return pids;
    }

    private static long ticks(long pid) {
        String stat = read(path(pid, "stat"));
        if (stat.isEmpty()) {
            return 0;
        }
        // The name of the program, in parentheses, may hold anything; the numbers stand after it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int i = USER_TIME; i < USER_TIME + TIMES; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks;
    }

    private static long field(Path file, String name) {
        return read(file).lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static Path path(long pid, String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }

    /** The file, or nothing if the process has ended meanwhile. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
