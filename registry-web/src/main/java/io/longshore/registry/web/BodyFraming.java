package io.longshore.registry.web;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RegistryException.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;

/**
 * How a request says where its body ends (RFC 9112, section 6). The server refuses most of what is wrong with that, and
 * lets pass what others in front of it might understand differently.
 */
final class BodyFraming {
    /** All numbers of so many digits fit in a {@code long}. */
    private static final int MOST_DIGITS = 18;

    private BodyFraming() {}

    /**
     * Checks the headers; must come before anything asks for the length. Where the body ends is not known if this
     * throws, so the connection cannot be used again.
     *
     * @throws RegistryException for a length that is none or is absurd, and for a coding other than {@code chunked}
     */
    static void check(HttpServletRequest request) {
        String length = request.getHeader("Content-Length");
        if (length != null) {
            checkLength(length.strip());
        }
        Enumeration<String> codings = request.getHeaders("Transfer-Encoding");
        if (!codings.hasMoreElements()) {
            return;
        }
        String coding = codings.nextElement();
        if (codings.hasMoreElements() || !coding.strip().equalsIgnoreCase("chunked")) {
            throw new RegistryException.Invalid(
                    ErrorCode.UNSUPPORTED, "the only Transfer-Encoding of a body is chunked, once", "");
        }
    }

    private static void checkLength(String length) {
        if (length.isEmpty() || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new RegistryException.Invalid(
                    ErrorCode.SIZE_INVALID, "the Content-Length of a request is a number of digits", "");
        }
        if (length.length() > MOST_DIGITS) {
            throw new RegistryException.Refused(
                    Kind.TOO_LARGE,
                    ErrorCode.SIZE_INVALID,
                    "the Content-Length of a request has at most " + MOST_DIGITS + " digits",
                    "");
        }
    }
}
