package io.longshore.registry.web.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends a failure where there is no JAX-RS: in filters and in the container's error page. */
public final class FailureReply {
    private FailureReply() {}

    /**
     * Sets status and headers and writes the whole body, which a HEAD does not get.
     *
     * @param response not committed, with nothing in its buffer
     */
    public static void send(Failure failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        send(failure, request, request.getRequestURI(), response);
    }

    /**
     * As {@link #send(Failure, HttpServletRequest, HttpServletResponse)}, of a request that the container shows another
     * address for.
     *
     * @param uri the path as it was sent, which decides on the form of the body
     */
    public static void send(Failure failure, HttpServletRequest request, String uri, HttpServletResponse response)
            throws IOException {
        response.setStatus(failure.status());
        failure.headers().forEach(response::setHeader);
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        FailureForm form = FailureForm.of(uri);
        byte[] body = form.body(failure);
        response.setContentType(form.mediaType());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
