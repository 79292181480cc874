package io.longshore.registry.client.tool;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Standard input of the process, whose reading ends when the thread is interrupted. Not thread-safe. */
final class InterruptibleInput extends InputStream {
    private final FileChannel channel;

    private InterruptibleInput(FileChannel channel) {
        this.channel = channel;
    }

    static InterruptibleInput ofProcess() {
        return new InterruptibleInput(new FileInputStream(FileDescriptor.in).getChannel());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
