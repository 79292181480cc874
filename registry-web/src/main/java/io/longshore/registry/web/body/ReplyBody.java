package io.longshore.registry.web.body;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;

/**
 * A body that a client may stop reading at any time. That is its own business and no failure: it is logged for those
 * who look for it, where JAX-RS would log an error with a stack for each pull that somebody interrupts. A failure of
 * what the bytes come from goes on as it is.
 *
 * <p>Send it with its {@code Content-Length}: only then can the client tell that a reply broke off.
 */
public final class ReplyBody implements StreamingOutput {
    private static final System.Logger LOG = System.getLogger(ReplyBody.class.getName());

    private final Source source;

    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Source {

        /** Writes all bytes; leaves {@code client} open. */
        void writeTo(OutputStream client) throws IOException;
    }

    public ReplyBody(Source source) {
        this.source = source;
    }

    @Override
    public void write(OutputStream client) throws IOException {
        try {
            source.writeTo(new ToClient(client));
        } catch (ClientGoneException e) {
            LOG.log(Level.DEBUG, "a client went away before the end of its reply", e.getCause());
        }
    }

    private static final class ClientGoneException extends IOException {
        private static final long serialVersionUID = 1L;

        ClientGoneException(IOException cause) {
            super("the client has gone", cause);
        }
    }

    /** Tells failures of the connection from all others; passes every call on as it is. */
    private static final class ToClient extends OutputStream {
        private final OutputStream stream;

        ToClient(OutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int b) throws IOException {
            try {
                stream.write(b);
            } catch (IOException e) {
                throw new ClientGoneException(e);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                stream.write(bytes, offset, length);
            } catch (IOException e) {
                throw new ClientGoneException(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                stream.flush();
            } catch (IOException e) {
                throw new ClientGoneException(e);
            }
        }
    }
}
