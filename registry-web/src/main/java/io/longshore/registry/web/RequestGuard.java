package io.longshore.registry.web;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RegistryException.Kind;
import io.longshore.registry.web.error.Failure;
import io.longshore.registry.web.error.FailureReply;
import io.longshore.registry.web.error.RequestLine;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The outermost part of the distribution API: gives every reply its headers, refuses what no resource should see, and
 * answers for whatever escapes from JAX-RS. Wraps neither body, so that bytes take the short way.
 *
 * <p>A refusal does not read the body that comes with the request: the server sends the reply at once and discards
 * what still arrives, so that the client can read it and go on with the same connection.
 */
public final class RequestGuard implements Filter {
    private final RequestLimits limits;
    private final ReplyHeaders headers;

    public RequestGuard(RequestLimits limits, ReplyHeaders headers) {
        this.limits = limits;
        this.headers = headers;
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        headers.setOn(response);
        if (refusesFraming(request, response)) {
            return;
        }
        try {
            limits.check(request);
            RawAddress.check(request.getRequestURI(), request.getQueryString());
            requirePlainBody(request);
            chain.doFilter(FormlessRequest.of(request), response);
        } catch (IOException | ServletException | RuntimeException | Error escaped) {
            if (response.isCommitted()) {
                // Too late for a reply; the server breaks the connection, so that no client takes it for whole.
                throw escaped;
            }
            answer(Failure.of(reason(escaped), RequestLine.of(request)), request, response);
            return;
        }
        // isCommitted() alone does not tell: WildFly says false while a short, complete reply is in its buffer.
        if (response.getStatus() >= 400 && response.getContentType() == null && !response.isCommitted()) {
            answer(unanswered(request, response), request, response);
        }
    }

    private static boolean refusesFraming(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            BodyFraming.check(request);
            return false;
        } catch (RegistryException refused) {
            // What comes next on this connection might be the body, or part of it.
            response.setHeader("Connection", "close");
            FailureReply.send(Failure.of(refused), request, response);
            return true;
        }
    }

    private void answer(Failure failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String allow = response.getHeader("Allow");
        response.reset();
        headers.setOn(response);
        if (allow != null) {
            response.setHeader("Allow", allow);
        }
        FailureReply.send(failure, request, response);
    }

    /** JAX-RS refuses some addresses with nothing but a status, without asking the exception mapper. */
    private static Failure unanswered(HttpServletRequest request, HttpServletResponse response) {
        return request.getAttribute(Failure.ATTRIBUTE) instanceof Failure left
                ? left
                : Failure.ofStatus(response.getStatus(), RequestLine.of(request));
    }

    /** Digests are those of the bytes as sent: a coding in between would store something else. */
    private static void requirePlainBody(HttpServletRequest request) {
        String coding = request.getHeader("Content-Encoding");
        if (coding == null || coding.isBlank() || coding.trim().equalsIgnoreCase("identity")) {
            return;
        }
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            throw new RegistryException.Refused(
                    Kind.UNSUPPORTED_MEDIA_TYPE,
                    ErrorCode.UNSUPPORTED,
                    "send the body without a Content-Encoding",
                    "");
        }
    }

    /** What was thrown, out of the wrapping of the servlet container and of Jersey. */
    private static Throwable reason(Throwable escaped) {
        Throwable reason = escaped;
        while (reason.getCause() != null && isWrapping(reason)) {
            reason = reason.getCause();
        }
        return reason;
    }

    private static boolean isWrapping(Throwable thrown) {
        return thrown instanceof ServletException
                || thrown.getClass().getName().startsWith("org.glassfish.jersey.");
    }
}
