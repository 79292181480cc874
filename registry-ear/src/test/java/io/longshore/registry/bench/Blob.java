package io.longshore.registry.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Bytes and their digest. Immutable as long as nobody moves the buffers: who sends them duplicates them.
 *
 * @param digest such as {@code sha256:…}
 * @param size in bytes
 * @param beginning shared by all blobs of a source
 * @param framed the same as chunks of HTTP/1.1, without a last one
 * @param end what makes this blob differ from the others
 */
record Blob(String digest, long size, ByteBuffer beginning, ByteBuffer framed, byte[] end) {

    /** The content as it is. */
    ByteBuffer[] plain() {
        return new ByteBuffer[] {beginning, ByteBuffer.wrap(end)};
    }

    /** The content as a whole chunked body. */
    ByteBuffer[] chunked() {
        String size = Integer.toHexString(end.length);
        ByteBuffer rest = ByteBuffer.allocate(end.length + size.length() + 9);
        rest.put(ascii(size + "\r\n")).put(end).put(ascii("\r\n0\r\n\r\n")).flip();
        return new ByteBuffer[] {framed, rest};
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
