/**
 * Keeps blobs in a directory, in the tree that the distribution registry uses, so that a registry that is there can be
 * taken over where it lies. Needs of the file system no more than atomic renames and fsync, which NFS has, too: no
 * locks, no hard links, no anonymous files.
 *
 * <p>Bytes go through {@link java.nio.channels.FileChannel}. The platform copies a heap buffer through a direct buffer
 * as large as the heap buffer, and keeps that per thread: callers use moderate buffers (64 to 256 KiB) or direct ones,
 * and {@code -Djdk.nio.maxCachedBufferSize} limits what is kept. A thread that is interrupted while it reads or writes
 * loses its stage or content with a {@link java.nio.channels.ClosedByInterruptException}; the bytes remain.
 *
 * <p>Uses the driver interface and the model.
 */
package io.longshore.registry.storage.filesystem;
