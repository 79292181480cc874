package io.longshore.registry.client.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;

/** What is sent with a request; each attempt sends all of it. */
public interface Body {
    /** In bytes, 0 or more. */
    long length();

    /** For one attempt. */
    BodyPublisher publisher();

    /** Some bytes of an array, which must not change while they are in use. */
    static Body of(byte[] bytes, int offset, int length) {
        return new Bytes(bytes, offset, length);
    }

    /** All bytes of an array, which must not change while they are in use. */
    static Body of(byte[] bytes) {
        return new Bytes(bytes, 0, bytes.length);
    }

    /** Some bytes of an array. */
    record Bytes(byte[] bytes, int offset, int size) implements Body {
        @Override
        public long length() {
            return size;
        }

        @Override
        public BodyPublisher publisher() {
            return BodyPublishers.ofByteArray(bytes, offset, size);
        }
    }
}
