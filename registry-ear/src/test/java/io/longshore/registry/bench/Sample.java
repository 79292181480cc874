package io.longshore.registry.bench;

/**
 * What one run of a phase on one server gave.
 *
 * @param operations that succeeded
 * @param seconds from the first request to the last reply
 * @param cpuSeconds of the server meanwhile
 * @param latencies of the operations, in nanoseconds, ascending
 */
record Sample(int operations, double seconds, double cpuSeconds, long[] latencies) {

    /** Operations, or megabytes (10⁶ bytes), per second. */
    double rate(Phase phase) {
        return operations * Math.max(1, phase.bytes() / 1e6) / seconds;
    }

    /** CPU time: milliseconds per operation, or seconds per gigabyte (10⁹ bytes). */
    double cpu(Phase phase) {
        double each = cpuSeconds / Math.max(1, operations);
        return phase.bytes() > 0 ? each / (phase.bytes() / 1e9) : each * 1e3;
    }

    /** In milliseconds; the value that this share of the operations did not exceed. */
    double percentileMillis(double share) {
        if (latencies.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * latencies.length);
        return latencies[Math.max(0, rank - 1)] / 1e6;
    }
}
