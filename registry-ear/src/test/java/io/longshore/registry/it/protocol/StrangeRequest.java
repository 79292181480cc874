package io.longshore.registry.it.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A request that no client ought to send. What only the running registry knows, such as the id of an upload, stands in
 * it as a word in braces.
 *
 * @param target what stands between the method and the version
 * @param headers whole lines, but for that of {@code Host} and those of the framing
 */
record StrangeRequest(String method, String target, List<String> headers, Framing framing, byte[] body) {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    /** The server takes what goes up out of {@code /v2/} for what it leads to. */
    private static final Pattern TARGET = Pattern.compile("/v2/(?!.*[.][.](/|[?]|$))[\\x21-\\x7e]*");
    /** One {@code Host} is there already. */
    private static final Pattern HEADER = Pattern.compile("(?!Host:)" + TOKEN + ":[\\x20-\\x7e]*");

    /** How the end of the body is told. */
    enum Framing {
        NO_BODY,
        LENGTH,
        CHUNKS,
        /** More is announced than comes. */
        LENGTH_TOO_LARGE,
        /** The last chunk is missing. */
        OPEN_CHUNKS
    }

    /** Whether it keeps to HTTP, so that it is the registry that answers, and not the server below it. */
    boolean isHttp() {
        return TOKEN.matcher(method).matches()
                && !method.equals("CONNECT")
                && TARGET.matcher(target).matches()
                && headers.stream().allMatch(line -> HEADER.matcher(line).matches());
    }

    /** Whether there has to be a reply. Where chunks break off, the server closes the connection at once. */
    boolean isToBeAnswered() {
        return isHttp() && framing != Framing.OPEN_CHUNKS;
    }

    /** The bytes to send, with the words in braces replaced. */
    byte[] bytes(Map<String, String> known) {
        String head = method + ' ' + target + " HTTP/1.1\r\nHost: registry.example\r\n"
                + String.join("", headers.stream().map(line -> line + "\r\n").toList());
        for (Map.Entry<String, String> word : known.entrySet()) {
            head = head.replace(word.getKey(), word.getValue());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((head + framingHeader() + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        if (framing == Framing.CHUNKS || framing == Framing.OPEN_CHUNKS) {
            writeChunk(bytes);
        } else if (framing != Framing.NO_BODY) {
            bytes.writeBytes(body);
        }
        return bytes.toByteArray();
    }

    private String framingHeader() {
        return switch (framing) {
            case NO_BODY -> "";
            case LENGTH -> "Content-Length: " + body.length + "\r\n";
            case LENGTH_TOO_LARGE -> "Content-Length: " + (body.length + 1000) + "\r\n";
            case CHUNKS, OPEN_CHUNKS -> "Transfer-Encoding: chunked\r\n";
        };
    }

    private void writeChunk(ByteArrayOutputStream bytes) {
        if (body.length > 0) {
            bytes.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            bytes.writeBytes(body);
            bytes.writeBytes(new byte[] {'\r', '\n'});
        }
        if (framing == Framing.CHUNKS) {
            bytes.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** All that is needed to send it again. */
    @Override
    public String toString() {
        return method + ' ' + target + '\n' + String.join("\n", headers) + '\n' + framing + '\n'
                + new String(body, StandardCharsets.ISO_8859_1);
    }
}
