package io.longshore.registry.upload;

import io.longshore.registry.storage.contract.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.OptionalLong;

/** Bodies as clients send them. */
final class Bodies {

    private Bodies() {}

    /** The content, its length announced. */
    static UploadBody of(Content content) {
        return announcing(content.sizeBytes(), content);
    }

    /** The content, as with chunked transfer encoding. */
    static UploadBody unannounced(Content content) {
        return new UploadBody(stream(content), OptionalLong.empty());
    }

    static UploadBody announcing(long sizeBytes, Content content) {
        return new UploadBody(stream(content), OptionalLong.of(sizeBytes));
    }

    static UploadBody empty() {
        return of(Content.of(""));
    }

    /** The connection is lost behind the content. */
    static UploadBody brokenAfter(Content content) {
        return thenDo(content, () -> {
            throw new IOException("connection reset");
        });
    }

    /** The content in as many reads as it has bytes. */
    static UploadBody byteByByte(Content content) {
        InputStream bytes = new ByteArrayInputStream(content.bytes()) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, 1));
            }
        };
        return new UploadBody(bytes, OptionalLong.empty());
    }

    /** What happens when the content was read and more is asked for. */
    @FunctionalInterface
    interface Event {
        void happen() throws IOException;
    }

    /** The content, then the event, and then the end. */
    static UploadBody thenDo(Content content, Event event) {
        InputStream end = new InputStream() {
            @Override
            public int read() throws IOException {
                event.happen();
                return -1;
            }
        };
        return new UploadBody(new SequenceInputStream(stream(content), end), OptionalLong.empty());
    }

    private static InputStream stream(Content content) {
        return new ByteArrayInputStream(content.bytes());
    }
}
