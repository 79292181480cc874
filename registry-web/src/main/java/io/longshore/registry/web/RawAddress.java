package io.longshore.registry.web;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The address of a request as it was sent. Servers differ in what they make of empty, dotted and parameterised
 * segments, and none of them occurs in this API: refusing them here means one meaning for each address, everywhere.
 */
final class RawAddress {
    /** What a path may hold unencoded by RFC 3986, but for the ';' that begins parameters. */
    private static final boolean[] IN_PATH = allowed("-._~!$&'()*+,=:@/");

    private RawAddress() {}

    /**
     * Checks path and query.
     *
     * @param query may be null
     * @throws RegistryException.Invalid {@link ErrorCode#NAME_INVALID}, or {@link ErrorCode#UNSUPPORTED} for a query
     */
    static void check(String path, String query) {
        boolean encoded = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            encoded |= c == '%';
            if (c != '%' && (c >= IN_PATH.length || !IN_PATH[c])) {
                throw invalid(ErrorCode.NAME_INVALID, "a path of this API has a character that has no place in it");
            }
        }
        checkSegments(encoded ? decode(path, ErrorCode.NAME_INVALID) : path);
        if (query != null && query.indexOf('%') >= 0) {
            decode(query, ErrorCode.UNSUPPORTED);
        }
    }

    private static void checkSegments(String path) {
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            char c = i < path.length() ? path.charAt(i) : '/';
            if (c == '/') {
                checkSegment(path, start, i);
                start = i + 1;
            } else if (c == '\\' || Character.isISOControl(c)) {
                throw invalid(ErrorCode.NAME_INVALID, "a path of this API has no backslash and no control characters");
            }
        }
    }

    /** @param to exclusive; the first segment is empty because of the leading slash, the last of a trailing one */
    private static void checkSegment(String path, int from, int to) {
        int length = to - from;
        if (length == 0 && from != 0 && to != path.length()) {
            throw invalid(ErrorCode.NAME_INVALID, "a path of this API has no empty segments ('//')");
        }
        if ((length == 1 && path.charAt(from) == '.') || (length == 2 && path.startsWith("..", from))) {
            throw invalid(ErrorCode.NAME_INVALID, "a path of this API has no '.' and '..' segments");
        }
    }

    /** Percent-decodes, strictly: two hexadecimal digits after each '%', and UTF-8 as the result. */
    private static String decode(String text, ErrorCode code) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            int value = i + 2 < text.length() ? hex(text.charAt(i + 1)) << 4 | hex(text.charAt(i + 2)) : -1;
            if (value < 0) {
                throw invalid(code, "a '%' in an address is followed by two hexadecimal digits");
            }
            bytes.write(value);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException e) {
            throw invalid(code, "a percent-encoded address is UTF-8");
        }
    }

    private static int hex(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static RegistryException invalid(ErrorCode code, String message) {
        return new RegistryException.Invalid(code, message, "");
    }

    private static boolean[] allowed(String signs) {
        boolean[] allowed = new boolean[128];
        for (char c = 0; c < allowed.length; c++) {
            allowed[c] = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || signs.indexOf(c) >= 0;
        }
        return allowed;
    }
}
