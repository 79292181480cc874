package io.longshore.registry.storage.s3;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A port of the loopback interface that leads to an HTTP server, over a line on which things go wrong when told to. */
final class FaultLine implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]+)");
    private static final DateTimeFormatter DATE = DateTimeFormatter
            .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Pattern EXPECT = Pattern.compile("(?im)^expect: *100-continue");

    private final ServerSocket entrance;
    private final int exit;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean silent;
    private volatile Instant clock;
    private volatile Duration latency = Duration.ZERO;

    /** What goes wrong with one request. */
    private record Fault(Predicate<String> requests, Kind kind, int status, String code, long bytes) {}

    private enum Kind { ANSWER, LOSE_ANSWER, CUT_ANSWER }

    FaultLine(int exit) {
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.exit = exit;
        inBackground(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort());
    }

    /** Method and target of all requests since the last call. */
    List<String> requests() {
        List<String> seen = List.copyOf(requests);
        requests.clear();
        return seen;
    }

    /** Answers the next {@code times} requests that match, in place of the server. */
    void answer(int times, Predicate<String> matching, int status, String code) {
        add(times, new Fault(matching, Kind.ANSWER, status, code, 0));
    }

    /** Lets the next {@code times} requests that match through and cuts the line in place of their answers. */
    void loseAnswers(int times, Predicate<String> matching) {
        add(times, new Fault(matching, Kind.LOSE_ANSWER, 0, "", 0));
    }

    /** Resets the connection after so many bytes of the answer. */
    void cutAnswers(int times, Predicate<String> matching, long bytes) {
        add(times, new Fault(matching, Kind.CUT_ANSWER, 0, "", bytes));
    }

    private void add(int times, Fault fault) {
        for (int i = 0; i < times; i++) {
            faults.add(fault);
        }
    }

    /** Makes the server say that it is this time. */
    void setClock(Instant time) {
        clock = time;
    }

    /** Lets every answer begin so much later from now on. */
    void setLatency(Duration each) {
        latency = each;
    }

    /** Swallows all that is sent from now on, as a network does that drops packets. */
    void fallSilent() {
        silent = true;
    }

    /** Makes all new connections work again. */
    void heal() {
        silent = false;
        faults.clear();
        sockets.forEach(FaultLine::end);
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(FaultLine::end);
    }

    private void accept() throws IOException {
        while (true) {
            Socket near = entrance.accept();
            inBackground(() -> new Connection(near).run());
        }
    }

    private Fault nextFor(String request) {
        for (Iterator<Fault> all = faults.iterator(); all.hasNext(); ) {
            Fault fault = all.next();
            if (fault.requests().test(request)) {
                all.remove();
                return fault;
            }
        }
        return null;
    }

    /** One connection with the client, and one with the server. */
    private final class Connection {
        private final Socket near;
        private volatile Fault fault;
        private volatile long answered;

        Connection(Socket near) {
            this.near = near;
        }

        void run() throws IOException {
            try (near; Socket far = new Socket(InetAddress.getLoopbackAddress(), exit)) {
                sockets.add(near);
                sockets.add(far);
                inBackground(() -> carryAnswers(far));
                while (carryRequest(near.getInputStream(), far)) {
                    // the next one on the same connection
                }
            } finally {
                sockets.remove(near);
            }
        }

        private boolean carryRequest(InputStream in, Socket far) throws IOException {
            String head = head(in);
            String request = head.substring(0, head.indexOf(" HTTP/"));
            Matcher length = LENGTH.matcher(head);
            long body = length.find() ? Long.parseLong(length.group(1)) : 0;
            requests.add(request);
            answered = 0;
            fault = nextFor(request);
            if (fault != null && fault.kind() == Kind.ANSWER) {
                if (!EXPECT.matcher(head).find()) {
                    copy(in, body, null);
                }
                answer(request, fault);
                return false;
            }
            if (silent) {
                in.transferTo(OutputStream.nullOutputStream());
                return false;
            }
            far.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            copy(in, body, far);
            return true;
        }

        private void answer(String request, Fault given) throws IOException {
            String body = "<Error><Code>" + given.code() + "</Code><Message>no</Message></Error>";
            near.getOutputStream()
                    .write(("HTTP/1.1 " + given.status() + " No\r\nContent-Type: application/xml\r\nContent-Length: "
                                    + (request.startsWith("HEAD") ? 0 : body.length())
                                    + "\r\nConnection: close\r\n\r\n" + (request.startsWith("HEAD") ? "" : body))
                            .getBytes(StandardCharsets.US_ASCII));
        }

        private void carryAnswers(Socket far) throws IOException {
            byte[] buffer = new byte[8192];
            try (far; near) {
                for (int length; (length = far.getInputStream().read(buffer)) >= 0; ) {
                    String begin = new String(buffer, 0, Math.min(length, 12), StandardCharsets.US_ASCII);
                    boolean goOn = begin.equals("HTTP/1.1 100");
                    Fault now = fault;
                    shiftDate(buffer, length);
                    if (begin.startsWith("HTTP/1.1 ")) {
                        LockSupport.parkNanos(latency.toNanos());
                    }
                    if (!goOn && now != null && now.kind() == Kind.LOSE_ANSWER) {
                        return;
                    }
                    if (now != null && now.kind() == Kind.CUT_ANSWER && answered + length > now.bytes()) {
                        near.getOutputStream().write(buffer, 0, (int) (now.bytes() - answered));
                        near.setSoLinger(true, 0);
                        return;
                    }
                    answered += length;
                    near.getOutputStream().write(buffer, 0, length);
                }
            }
        }
    }

    /** All dates are of the same length. */
    private void shiftDate(byte[] answer, int length) {
        int date = new String(answer, 0, length, StandardCharsets.ISO_8859_1).indexOf("\r\nDate: ");
        if (clock != null && date > 0) {
            byte[] shifted = DATE.format(clock).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(shifted, 0, answer, date + 8, shifted.length);
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int matched = 0; matched < 4; ) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
            boolean fits = next == (matched % 2 == 0 ? '\r' : '\n');
            matched = fits ? matched + 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void copy(InputStream in, long length, Socket to) throws IOException {
        byte[] buffer = new byte[8192];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException();
            }
            if (to != null) {
                to.getOutputStream().write(buffer, 0, read);
            }
            left -= read;
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }

    private static void inBackground(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException ended) {
                // as a line that is cut does
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
