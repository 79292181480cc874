package io.longshore.registry.web.body;

import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a request, whose failure is the client's: every {@link IOException} of the stream below comes out as a
 * {@link BodyLostException}. Without it, a client that goes away in the middle of a push looks as if the storage that
 * its bytes were copied to had failed. Passes each call on as it is and buffers nothing. As thread-safe as the stream.
 */
public final class RequestBody extends InputStream {
    private final InputStream stream;

    /** @param stream closed with this one */
    public RequestBody(InputStream stream) {
        this.stream = stream;
    }

    @Override
    public int read() throws BodyLostException {
        try {
            return stream.read();
        } catch (IOException e) {
            throw new BodyLostException(e);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws BodyLostException {
        try {
            return stream.read(buffer, offset, length);
        } catch (IOException e) {
            throw new BodyLostException(e);
        }
    }

    @Override
    public int available() throws BodyLostException {
        try {
            return stream.available();
        } catch (IOException e) {
            throw new BodyLostException(e);
        }
    }

    @Override
    public void close() throws BodyLostException {
        try {
            stream.close();
        } catch (IOException e) {
            throw new BodyLostException(e);
        }
    }
}
