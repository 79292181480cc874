package io.longshore.registry.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Those parts of a reply's head that matter here, taken from its lines without a string for each. */
final class ReplyHead {

    private static final byte[] CONTENT_LENGTH = name("content-length:");
    private static final byte[] TRANSFER_ENCODING = name("transfer-encoding:");
    private static final byte[] CONNECTION = name("connection:");
    private static final byte[] LOCATION = name("location:");
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private int status;
    private long contentLength = -1;
    private boolean chunked;
    private boolean closes;
    private String location;

    void status(byte[] line, int length) throws IOException {
        if (length < STATUS_AT + 3 || line[0] != 'H') {
            throw new IOException("not a reply: " + new String(line, 0, length, StandardCharsets.ISO_8859_1));
        }
        status = Integer.parseInt(new String(line, STATUS_AT, 3, StandardCharsets.ISO_8859_1));
    }

    void field(byte[] line, int length) {
        if (starts(line, length, CONTENT_LENGTH)) {
            contentLength = Long.parseLong(value(line, length, CONTENT_LENGTH));
        } else if (starts(line, length, TRANSFER_ENCODING)) {
            chunked = value(line, length, TRANSFER_ENCODING).equalsIgnoreCase("chunked");
        } else if (starts(line, length, CONNECTION)) {
            closes = value(line, length, CONNECTION).equalsIgnoreCase("close");
        } else if (starts(line, length, LOCATION)) {
            location = value(line, length, LOCATION);
        }
    }

    int status() {
        return status;
    }

    /** Of the body, or of the one that GET would have; -1 if not given. */
    long contentLength() {
        return contentLength;
    }

    boolean isInterim() {
        return status < 200;
    }

    boolean isChunked() {
        return chunked;
    }

    boolean closes() {
        return closes;
    }

    String location() {
        return location;
    }

    boolean hasBody() throws IOException {
        if (status == 204 || status == 304) {
            return false;
        }
        if (!chunked && contentLength < 0) {
            throw new IOException("a reply with status " + status + " and a body of unknown length");
        }
        return true;
    }

    private static byte[] name(String lowerCase) {
        return lowerCase.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean starts(byte[] line, int length, byte[] name) {
        if (length < name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            byte letter = line[i] >= 'A' && line[i] <= 'Z' ? (byte) (line[i] + 'a' - 'A') : line[i];
            if (letter != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static String value(byte[] line, int length, byte[] name) {
        return new String(line, name.length, length - name.length, StandardCharsets.ISO_8859_1).strip();
    }
}
