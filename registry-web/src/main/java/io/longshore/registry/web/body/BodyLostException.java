package io.longshore.registry.web.body;

import java.io.IOException;

/** The client's bytes ended before their announced end: it went away, stalled, or broke the framing of its body. */
public final class BodyLostException extends IOException {
    private static final long serialVersionUID = 1L;

    BodyLostException(IOException cause) {
        super("the body of the request ended early", cause);
    }
}
