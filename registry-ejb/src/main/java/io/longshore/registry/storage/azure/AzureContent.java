package io.longshore.registry.storage.azure;

import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.object.Transfers;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * An object, read by one request as long as that is read onwards. Where it breaks off the next request goes on, at the
 * same version.
 */
final class AzureContent implements BlobContent {
    private final AzureContainer container;
    private final String name;
    private final String version;
    private final long sizeBytes;
    private InputStream body;
    private long next;
    private boolean closed;

    private AzureContent(AzureContainer container, String name, Opened opened, long position) {
        this.container = container;
        this.name = name;
        this.version = opened.version();
        this.sizeBytes = opened.sizeBytes();
        this.body = opened.body();
        this.next = position;
    }

    /**
     * Opens an object.
     *
     * @param version which one it must be; null for any
     * @throws RefusedException if there is none
     */
    static AzureContent open(AzureContainer container, String name, String version, long position)
            throws IOException {
        try {
            Opened opened = container.calls().run("read " + name, attempt -> container.get(name, position, version));
            return new AzureContent(container, name, opened, position);
        } catch (RefusedException e) {
            if (position > 0 && e.says("InvalidRange")) {
                return open(container, name, version, 0);
            }
            throw e;
        }
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (position < 0) {
            throw new IllegalArgumentException("position " + position);
        }
        if (position >= sizeBytes) {
            return -1;
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        if (position != next) {
            closeBody();
            next = position;
        }
        int read = readOnwards(target);
        next += read;
        return read;
    }

    private int readOnwards(ByteBuffer target) throws IOException {
        try {
            return container.calls().run("read " + name, attempt -> {
                if (body == null) {
                    body = container.get(name, next, version).body();
                }
                return readBody(target);
            });
        } catch (RefusedException e) {
            if (e.isMissingObject() || e.isOtherVersion()) {
                throw new BlobLostException(name + " was deleted or replaced while it was read", e);
            }
            throw e;
        }
    }

    private int readBody(ByteBuffer target) throws IOException {
        try {
            int read = Transfers.read(body, target, sizeBytes - next);
            if (read < 0) {
                throw new EOFException("the answer of Azure ended before its end");
            }
            return read;
        } catch (IOException e) {
            closeBody();
            throw e;
        }
    }

    private void closeBody() throws IOException {
        InputStream open = body;
        body = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        closeBody();
    }
}
