package io.longshore.registry.client.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * What is compressed with gzip, in any number of members (RFC 1952, section 2.2): layers that can be read from any place
 * have one for each file. Java looks for the next one only if the stream says that there is more.
 */
final class GzipMembers {
    private static final int BUFFER_BYTES = 64 << 10;

    private GzipMembers() {}

    /** @param compressed closed with what is returned */
    static InputStream inflated(InputStream compressed) throws IOException {
        return new GZIPInputStream(new Hopeful(compressed), BUFFER_BYTES);
    }

    /** Always says that there is more: it is seen soon enough whether there is. */
    private static final class Hopeful extends FilterInputStream {
        Hopeful(InputStream in) {
            super(in);
        }

        @Override
        public int available() {
            return 1;
        }
    }
}
