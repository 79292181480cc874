package io.longshore.registry.storage.azure;

/**
 * How large pieces are.
 *
 * @param blockBytes a block that is not the last of its session; as much lies in the temporary folder for each upload
 * @param stepBytes what Azure copies in one step
 */
record Limits(int blockBytes, long stepBytes) {
    /** An object has 50,000 blocks at most; joined ones are at least half as large, so it can have 390 GiB. */
    static final Limits OF_AZURE = new Limits(16 << 20, 256L << 20);
}
