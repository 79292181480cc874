package io.longshore.registry.bench;

import java.io.IOException;

/**
 * What came back to a request.
 *
 * @param bytes of the body that were read
 * @param contentLength as the header says, -1 if it does not
 * @param location null if there is none
 */
record Reply(int status, long bytes, long contentLength, String location) {

    /** Fails if this is the answer to something else than was asked. */
    void require(int expected, String method, String target) throws IOException {
        if (status != expected) {
            throw new IOException(method + " " + target + ": " + status + " instead of " + expected);
        }
    }

    /** The location, without the scheme and the server. */
    String locationPath() throws IOException {
        if (location == null) {
            throw new IOException("a reply with status " + status + " without a Location");
        }
        int authority = location.indexOf("://");
        return authority < 0 ? location : location.substring(location.indexOf('/', authority + 3));
    }
}
