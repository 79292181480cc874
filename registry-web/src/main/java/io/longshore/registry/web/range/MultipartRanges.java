package io.longshore.registry.web.range;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Several parts of a representation in one body, {@code multipart/byteranges} (RFC 9110, section 14.6). */
public final class MultipartRanges {
    private final List<ByteRange> parts;
    private final long wholeBytes;
    private final String partType;
    private final String boundary = UUID.randomUUID().toString();

    private MultipartRanges(List<ByteRange> parts, long wholeBytes, String partType) {
        this.parts = parts;
        this.wholeBytes = wholeBytes;
        this.partType = partType;
    }

    /**
     * @param wholeBytes size of the representation
     * @param partType its media type
     */
    public static MultipartRanges of(List<ByteRange> parts, long wholeBytes, String partType) {
        return new MultipartRanges(List.copyOf(parts), wholeBytes, partType);
    }

    /** Writes the bytes of one part. */
    @FunctionalInterface
    public interface PartWriter {
        void write(ByteRange part) throws IOException;
    }

    /** The value of {@code Content-Type}. */
    public String mediaType() {
        return "multipart/byteranges; boundary=" + boundary;
    }

    /** The exact length of the body. */
    public long sizeBytes() {
        long size = end().length;
        for (ByteRange part : parts) {
            size += head(part).length + part.sizeBytes();
        }
        return size;
    }

    /** Writes the body; leaves {@code out} open. */
    public void write(OutputStream out, PartWriter writer) throws IOException {
        for (ByteRange part : parts) {
            out.write(head(part));
            writer.write(part);
        }
        out.write(end());
    }

    private byte[] head(ByteRange part) {
        return ascii("\r\n--" + boundary + "\r\nContent-Type: " + partType + "\r\nContent-Range: "
                + part.contentRange(wholeBytes) + "\r\n\r\n");
    }

    private byte[] end() {
        return ascii("\r\n--" + boundary + "--\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
