package io.longshore.registry.storage.azure;

import io.longshore.registry.storage.object.Spool;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The blocks that an object is to be made of. Azure forgets after a week what was written and not joined, so blocks are
 * joined now and then: that also shows when they were written. Not thread-safe.
 */
final class BlockWriter {
    private static final int MOST_UNJOINED = 64;

    private final AzureContainer container;
    private final String name;
    /** No two writers use the same ids: a block never takes the place of another one. */
    private final long writer = ThreadLocalRandom.current().nextLong();
    private final List<Block> blocks;
    private String version;
    private boolean joined;
    private int unjoined;
    private int appended;
    private long sizeBytes;

    private BlockWriter(AzureContainer container, String name, List<Block> blocks, String version, boolean joined) {
        this.container = container;
        this.name = name;
        this.blocks = new ArrayList<>(blocks);
        this.version = version;
        this.joined = joined;
        this.sizeBytes = sizeBytes(blocks);
    }

    /** A new object, which is not there yet. */
    static BlockWriter begin(AzureContainer container, String name) {
        return new BlockWriter(container, name, List.of(), null, false);
    }

    /** An object that keeps the blocks within its first {@code keptBytes}. */
    static BlockWriter resume(AzureContainer container, String name, BlockListing listing, long keptBytes) {
        List<Block> kept = new ArrayList<>();
        long size = 0;
        for (Block block : listing.blocks()) {
            size += block.sizeBytes();
            if (size > keptBytes) {
                break;
            }
            kept.add(block);
        }
        boolean whole = kept.size() == listing.blocks().size();
        return new BlockWriter(container, name, kept, listing.version(), whole);
    }

    static long sizeBytes(List<Block> blocks) {
        return blocks.stream().mapToLong(Block::sizeBytes).sum();
    }

    /** Of the blocks, joined or not. */
    long sizeBytes() {
        return sizeBytes;
    }

    /** Adds a block. */
    void append(Spool bytes) throws IOException {
        Block block = new Block(nextId(), bytes.sizeBytes());
        container.stageBlock(name, block.id(), bytes);
        blocks.add(block);
        sizeBytes += block.sizeBytes();
        joined = false;
        unjoined++;
        if (unjoined >= (version == null ? 1 : MOST_UNJOINED)) {
            join();
        }
    }

    private String nextId() {
        byte[] id = new byte[12];
        ByteBuffer.wrap(id).order(ByteOrder.BIG_ENDIAN).putLong(writer).putInt(appended++);
        return Base64.getEncoder().encodeToString(id);
    }

    /** Makes the object hold these blocks and nothing else. */
    void join() throws IOException {
        if (!joined) {
            version = container.commitBlocks(name, blocks, version);
            joined = true;
            unjoined = 0;
        }
    }

    /**
     * Gives up blocks at the end, for their bytes to be part of the next one: all that are no larger than what follows
     * them, as long as that fits into a block. So there are never many small ones.
     *
     * @return how many bytes were given up
     */
    long takeBack(long followingBytes, long blockBytes) {
        long taken = 0;
        while (!blocks.isEmpty()) {
            long last = blocks.get(blocks.size() - 1).sizeBytes();
            if (last > taken + followingBytes || last + taken + followingBytes > blockBytes) {
                break;
            }
            blocks.remove(blocks.size() - 1);
            sizeBytes -= last;
            taken += last;
            joined = false;
        }
        return taken;
    }

    /** Reads from the object as it was joined last. */
    void read(long position, long length, Spool target) throws IOException {
        try (AzureContent content = AzureContent.open(container, name, version, position)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, 64 * 1024));
            for (long left = length; left > 0; left -= buffer.limit()) {
                buffer.clear().limit((int) Math.min(left, buffer.capacity()));
                if (content.read(buffer, position + length - left) < 0) {
                    throw new EOFException(name + " is shorter than its blocks");
                }
                buffer.flip();
                target.append(buffer, buffer.limit());
            }
        }
    }

    static void append(InputStream bytes, long length, Spool target) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (long left = length; left > 0; ) {
            int read = bytes.read(buffer, 0, (int) Math.min(left, buffer.length));
            target.append(ByteBuffer.wrap(buffer), read);
            left -= read;
        }
    }

    /** Replaces another object by a copy of this one, which must be joined. */
    void copyTo(String other) throws IOException {
        container.copy(name, version, sizeBytes, other);
    }

    /** Removes the object if there is one. */
    void delete() throws IOException {
        if (version != null) {
            container.delete(name);
        }
    }
}
