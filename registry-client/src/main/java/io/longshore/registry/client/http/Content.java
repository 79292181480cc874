package io.longshore.registry.client.http;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read again from their beginning. */
@FunctionalInterface
public interface Content {
    /** Opens them, to be closed by the caller. */
    InputStream open() throws IOException;
}
