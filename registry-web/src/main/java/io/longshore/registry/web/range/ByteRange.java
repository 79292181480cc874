package io.longshore.registry.web.range;

/**
 * A part of a representation, which lies wholly within it.
 *
 * @param start position of the first byte
 * @param end position of the last byte, inclusive; not before start
 */
public record ByteRange(long start, long end) {

    public long sizeBytes() {
        return end - start + 1;
    }

    /** The value of {@code Content-Range} for this part of a representation of that size. */
    public String contentRange(long sizeBytes) {
        return "bytes " + start + '-' + end + '/' + sizeBytes;
    }
}
