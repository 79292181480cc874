package io.longshore.registry.storage.s3;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StorageFullException;
import io.longshore.registry.storage.object.Spool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/** A stage of which only the blob remains: what does not fit in one request goes as parts to the blob's own key. */
final class DirectStage implements Stage {
    private final S3BlobStore store;
    private final Digest digest;
    private final StageName name;
    private final Relay relay;
    private Multipart parts;
    private long sent;
    private boolean closed;

    DirectStage(S3BlobStore store, Digest digest, StageName name) {
        this.store = store;
        this.digest = digest;
        this.name = name;
        this.relay = store.newRelay();
    }

    @Override
    public StageId id() {
        return name.id();
    }

    @Override
    public long sizeBytes() {
        return sent * name.chunkBytes() + relay.filling().sizeBytes();
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        while (bytes.hasRemaining()) {
            if (relay.filling().sizeBytes() == name.chunkBytes()) {
                send();
            }
            Spool spool = relay.filling();
            spool.append(bytes, (int) Math.min(bytes.remaining(), name.chunkBytes() - spool.sizeBytes()));
        }
    }

    private void send() throws IOException {
        if (sent + 1 == Multipart.MOST_PARTS) {
            throw new StorageFullException("a blob cannot have more than " + Multipart.MOST_PARTS + " parts of "
                    + name.chunkBytes() + " bytes: they have to be larger");
        }
        if (parts == null) {
            parts = Multipart.begin(store.bucket(), store.names().blob(digest));
        }
        Multipart target = parts;
        int number = Math.toIntExact(sent + 1);
        relay.send(bytes -> target.upload(number, bytes));
        sent++;
    }

    /**
     * @throws IllegalArgumentException if this is another digest than the stage was begun for
     */
    @Override
    public void commit(Digest actual) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!actual.equals(digest)) {
            throw new IllegalArgumentException("a stage of " + digest + ", not of " + actual);
        }
        relay.await();
        if (parts == null) {
            store.bucket().putBlob(store.names().blob(digest), relay.filling());
        } else {
            parts.upload(Math.toIntExact(sent + 1), relay.filling());
            parts.complete(sizeBytes());
            parts = null;
        }
        close();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            relay.close();
        } finally {
            if (parts != null) {
                parts.abort();
            }
        }
    }
}
