package io.longshore.registry.bench;

import java.io.IOException;

/**
 * A row of the report.
 *
 * @param clients how many connections work at once
 * @param operations how many times in all, or 0 for as long as {@link Scale#measured()}
 * @param bytes that an operation moves, where the row is about bytes; else 0
 * @param peer whether the peer can do it too
 * @param preparation not measured
 * @param check of samples of what was written, after each run and not measured
 */
record Phase(String name, int clients, int operations, long bytes, boolean peer, Preparation preparation,
        Check check) {

    private static final Check NONE = calls -> { };

    /** Lays out what an operation needs, and checks samples of what it reads. */
    @FunctionalInterface
    interface Preparation {
        Operation prepare(Server server, RegistryCalls calls) throws IOException;
    }

    /** Looks at what a run left on the server. */
    @FunctionalInterface
    interface Check {
        void run(RegistryCalls calls) throws IOException;
    }

    /** For as long as a measurement lasts. */
    static Phase timed(String name, int clients, Preparation preparation) {
        return new Phase(name, clients, 0, 0, true, preparation, NONE);
    }

    static Phase counted(String name, int clients, int operations, Preparation preparation) {
        return new Phase(name, clients, operations, 0, true, preparation, NONE);
    }

    /** The row tells megabytes instead of operations. */
    Phase ofBytes(long bytesOfOperation) {
        return new Phase(name, clients, operations, bytesOfOperation, peer, preparation, check);
    }

    Phase checkedBy(Check other) {
        return new Phase(name, clients, operations, bytes, peer, preparation, other);
    }

    Phase withoutPeer() {
        return new Phase(name, clients, operations, bytes, false, preparation, check);
    }

    String unit() {
        return bytes > 0 ? "MB/s" : "op/s";
    }

    String cpuUnit() {
        return bytes > 0 ? "s/GB" : "ms/op";
    }
}
