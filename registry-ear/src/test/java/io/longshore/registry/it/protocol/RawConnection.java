package io.longshore.registry.it.protocol;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.SocketFactory;

/** A connection on which every byte that is sent is the test's, and replies are read one by one. */
public final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    public static RawConnection to(URI registry) throws IOException {
        return to(registry, SocketFactory.getDefault());
    }

    static RawConnection to(URI registry, SocketFactory sockets) throws IOException {
        return over(sockets.createSocket(registry.getHost(), registry.getPort()));
    }

    /** A connection from another address of this machine than the usual one. */
    public static RawConnection from(String address, URI registry) throws IOException {
        return over(new Socket(
                InetAddress.getByName(registry.getHost()), registry.getPort(), InetAddress.getByName(address), 0));
    }

    private static RawConnection over(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new RawConnection(socket);
    }

    /** Sends these lines, each with its line end, and the empty one that ends a head. */
    public RawConnection sendHead(String... lines) throws IOException {
        return send(String.join("\r\n", lines) + "\r\n\r\n");
    }

    public RawConnection send(String latin1) throws IOException {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends one chunk of a body in chunked transfer coding. */
    public RawConnection sendChunk(byte[] bytes) throws IOException {
        return send(Integer.toHexString(bytes.length) + "\r\n").send(bytes).send("\r\n");
    }

    /** Ends a body in chunked transfer coding. */
    public RawConnection sendLastChunk() throws IOException {
        return send("0\r\n\r\n");
    }

    /** Sends this and then one letter again and again, until the server has had enough or {@code most} are sent. */
    public void sendUntilRefused(String start, int most) throws IOException {
        byte[] letters = "a".repeat(64 << 10).getBytes(StandardCharsets.ISO_8859_1);
        try {
            send(start);
            for (int sent = 0; sent < most; sent += letters.length) {
                send(letters);
            }
        } catch (SocketException e) {
            // The server has closed the connection, as it should; what it said before can still be read.
        }
    }

    /** Says that nothing more will come, and still listens. */
    public RawConnection endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Breaks the connection off: the server sees a reset, as after a crash of the client. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Reads one reply, an interim one too; of a reply to HEAD or 204, 304, 1xx there is no body. */
    public Reply read(String method) throws IOException {
        String[] statusLine = line().split(" ", 3);
        if (statusLine.length < 2 || !statusLine[0].startsWith("HTTP/1.")) {
            throw new IOException("no status line: " + String.join(" ", statusLine));
        }
        int status = Integer.parseInt(statusLine[1]);
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        boolean bodiless = method.equals("HEAD") || status < 200 || status == 204 || status == 304;
        return new Reply(method, status, headers, bodiless ? new byte[0] : body(headers));
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        if (headers.getOrDefault("Transfer-Encoding", List.of()).contains("chunked")) {
            return chunks();
        }
        List<String> length = headers.get("Content-Length");
        return length == null ? in.readAllBytes() : exactly(Integer.parseInt(length.get(0)));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size;
        do {
            size = Integer.parseInt(line(), 16);
            body.write(exactly(size));
            line();
        } while (size > 0);
        return body.toByteArray();
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the reply ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    /** Reads the next line of a head. */
    public String readLine() throws IOException {
        return line();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection after '" + line + "'");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    /** Waits until the server has ended the connection, whatever it sends before. */
    public void awaitEnd() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    /** Reads all that comes until the server ends the connection or breaks it off. */
    public String readAll() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketException e) {
            // what came before is all there is
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the server ends the connection without another byte. */
    public boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
