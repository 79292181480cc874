package io.longshore.registry.storage.filesystem;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/** Reads a file from its beginning and ends before the file does. */
final class PrefixChannel implements ReadableByteChannel {
    private final FileChannel file;
    private final Turns turns;
    private final Trouble trouble;
    private long leftBytes;

    PrefixChannel(FileChannel file, long sizeBytes, Turns turns, Trouble trouble) {
        this.file = file;
        this.turns = turns;
        this.trouble = trouble;
        this.leftBytes = sizeBytes;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!file.isOpen()) {
            throw new ClosedChannelException();
        }
        if (leftBytes == 0) {
            return -1;
        }
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + leftBytes));
        try {
            int read = turns.take(() -> file.read(target));
            if (read < 0) {
                throw new EOFException("a stage was cut off while it was read, " + leftBytes + " bytes before its end");
            }
            leftBytes -= read;
            return read;
        } catch (IOException e) {
            throw trouble.explain(e);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
