package io.longshore.registry.upload;

import io.longshore.registry.storage.contract.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A body that stops in the middle until it is let go on. */
final class HeldBody {
    private static final long HUNG_AFTER_SECONDS = 120;

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final InputStream stream;

    HeldBody(Content first, Content second) {
        stream = new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(first.bytes()), new Gate(), new ByteArrayInputStream(second.bytes()))));
    }

    UploadBody body() {
        return new UploadBody(stream, OptionalLong.empty());
    }

    /** Returns when the first part was taken and the second is asked for. */
    void awaitHeld() throws InterruptedIOException {
        try {
            if (!held.await(HUNG_AFTER_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody reads the body");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    void letGoOn() {
        released.countDown();
    }

    private final class Gate extends InputStream {
        @Override
        public int read() throws IOException {
            held.countDown();
            try {
                if (!released.await(HUNG_AFTER_SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException("nobody lets the body go on");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
            return -1;
        }
    }
}
