package io.longshore.registry.storage.filesystem;

import io.longshore.registry.storage.BlobContent;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/** An open file; deleting or replacing its name does not touch it. */
final class FileContent implements BlobContent {
    private final FileChannel file;
    private final long sizeBytes;
    private final Turns turns;
    private final Trouble trouble;

    FileContent(FileChannel file, long sizeBytes, Turns turns, Trouble trouble) {
        this.file = file;
        this.sizeBytes = sizeBytes;
        this.turns = turns;
        this.trouble = trouble;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        if (position >= sizeBytes) {
            if (!file.isOpen()) {
                throw new ClosedChannelException();
            }
            return -1;
        }
        int read = readInTurn(target, position);
        if (read < 0) {
            // never take a file that something else cut short for a whole blob
            throw new EOFException("a blob of " + sizeBytes + " bytes ends before " + position);
        }
        return read;
    }

    private int readInTurn(ByteBuffer target, long position) throws IOException {
        try {
            return turns.take(() -> file.read(target, position));
        } catch (IOException e) {
            throw trouble.explain(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
