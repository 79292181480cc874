package io.longshore.registry.access;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** What something costs the thread that does it, whatever else the machine does meanwhile. */
public final class ProcessorTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int TIMES = 9;

    private ProcessorTime() {}

    /** The median of several times, in nanoseconds. */
    public static long of(Callable<?> work) throws Exception {
        long[] costs = new long[TIMES];
        work.call();
        for (int i = 0; i < TIMES; i++) {
            long before = THREADS.getCurrentThreadCpuTime();
            work.call();
            costs[i] = THREADS.getCurrentThreadCpuTime() - before;
        }
        Arrays.sort(costs);
        return costs[TIMES / 2];
    }
}
