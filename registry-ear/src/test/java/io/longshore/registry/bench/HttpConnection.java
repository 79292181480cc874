package io.longshore.registry.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection that is kept alive, with as much of HTTP/1.1 as a registry needs. It shares the processors with the
 * servers that it measures, hence blocking calls, buffers outside the heap and no work on bodies unless asked for. It
 * connects at the first request, and again when the server has said that it closes. For one thread, but for
 * {@link #close()}, which ends whatever that thread waits for.
 */
final class HttpConnection implements AutoCloseable {

    private static final int REPLY_BYTES = 256 * 1024;
    private static final int LINE_BYTES = 16 * 1024;

    private final InetSocketAddress address;
    /** Fields that every request has, with CR and LF. */
    private final String always;
    private final ByteBuffer in = ByteBuffer.allocateDirect(REPLY_BYTES);
    private final ByteBuffer head = ByteBuffer.allocateDirect(LINE_BYTES);
    private final byte[] line = new byte[LINE_BYTES];
    private volatile SocketChannel channel;
    private volatile boolean closed;

    /** Takes the bytes of a body as they come; what it leaves in the buffer is lost. */
    @FunctionalInterface
    interface Sink {

        /** Lets the bytes pass, at no cost. */
        Sink NONE = bytes -> { };

        void take(ByteBuffer bytes);
    }

    HttpConnection(InetSocketAddress address) {
        this(address, "");
    }

    /** @param fields header fields that every request has beside {@code Host}, each with CR and LF at its end */
    HttpConnection(InetSocketAddress address, String fields) {
        this.address = address;
        this.always = "Host: " + address.getHostString() + ":" + address.getPort() + "\r\n" + fields;
    }

    /** Connects if there is no connection. */
    void open() throws IOException {
        if (closed) {
            throw new IOException("the connection was closed");
        }
        if (channel == null) {
            in.clear().limit(0);
            channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }

    /**
     * Sends a request and reads the reply to its end.
     *
     * @param fields header fields beside those of the connection, each with CR and LF at its end; the length of the
     *     body too
     * @param sink gets the body of the reply
     * @param body sent as it stands, from position to limit; the buffers given are not changed
     */
    Reply send(String method, String target, String fields, Sink sink, ByteBuffer... body) throws IOException {
        open();
        write(method + " " + target + " HTTP/1.1\r\n" + always + fields + "\r\n", body);
        ReplyHead reply = receiveHead();
        long bytes = 0;
        if (!method.equals("HEAD") && reply.hasBody()) {
            bytes = reply.isChunked() ? receiveChunks(sink) : receive(reply.contentLength(), sink);
        }
        if (reply.closes()) {
            disconnect();
        }
        return new Reply(reply.status(), bytes, reply.contentLength(), reply.location());
    }

    @Override
    public void close() throws IOException {
        closed = true;
        disconnect();
    }

    private void disconnect() throws IOException {
        SocketChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    private void write(String requestHead, ByteBuffer... body) throws IOException {
        head.clear();
        head.put(requestHead.getBytes(StandardCharsets.ISO_8859_1)).flip();
        ByteBuffer[] all = new ByteBuffer[body.length + 1];
        all[0] = head;
        for (int i = 0; i < body.length; i++) {
            all[i + 1] = body[i].duplicate();
        }
        ByteBuffer last = all[all.length - 1];
        SocketChannel open = connected();
        while (last.hasRemaining()) {
            open.write(all);
        }
    }

    private ReplyHead receiveHead() throws IOException {
        ReplyHead reply = new ReplyHead();
        reply.status(line, readLine());
        for (int length = readLine(); length > 0; length = readLine()) {
            reply.field(line, length);
        }
        return reply.isInterim() ? receiveHead() : reply;
    }

    private long receive(long length, Sink sink) throws IOException {
        long left = length;
        while (left > 0) {
            if (!in.hasRemaining()) {
                fill();
            }
            int some = (int) Math.min(left, in.remaining());
            if (sink != Sink.NONE) {
                sink.take(in.slice(in.position(), some));
            }
            in.position(in.position() + some);
            left -= some;
        }
        return length;
    }

    private long receiveChunks(Sink sink) throws IOException {
        long bytes = 0;
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            bytes += receive(size, sink);
            readLine();
        }
        while (readLine() > 0) {
            // Trailers say nothing that is asked for here.
        }
        return bytes;
    }

    private long chunkSize() throws IOException {
        int length = readLine();
        String text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
        int extension = text.indexOf(';');
        return Long.parseLong(extension < 0 ? text.strip() : text.substring(0, extension).strip(), 16);
    }

    /** Reads a line without its end into {@link #line} and returns its length. */
    private int readLine() throws IOException {
        int length = 0;
        while (true) {
            if (!in.hasRemaining()) {
                fill();
            }
            byte next = in.get();
            if (next == '\n') {
                return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
            }
            if (length == line.length) {
                throw new IOException("a line of the reply is longer than " + line.length + " bytes");
            }
            line[length++] = next;
        }
    }

    private void fill() throws IOException {
        in.clear();
        int read = connected().read(in);
        in.flip();
        if (read < 0) {
            throw new EOFException("the server closed the connection within a reply");
        }
    }

    private SocketChannel connected() throws IOException {
        SocketChannel open = channel;
        if (open == null) {
            throw new IOException("the connection was closed");
        }
        return open;
    }
}
