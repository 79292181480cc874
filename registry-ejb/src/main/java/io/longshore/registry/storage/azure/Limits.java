package io.longshore.registry.storage.azure;

import java.time.Duration;

/**
 * How large pieces are.
 *
 * @param blockBytes a block that is not the last of its session; as much lies in the temporary folder for each upload
 * @param stepBytes what Azure copies in one step
 * @param copyTime how long a copy in more steps may take, beside what its bytes may
 */
record Limits(int blockBytes, long stepBytes, Duration copyTime) {
    /** An object has 50,000 blocks at most; joined ones are at least half as large, so it can have 390 GiB. */
    static final Limits OF_AZURE = new Limits(16 << 20, 256L << 20);

    /** With the copy time that it has outside of tests. */
    Limits(int blockBytes, long stepBytes) {
        this(blockBytes, stepBytes, Duration.ofMinutes(2));
    }
}
