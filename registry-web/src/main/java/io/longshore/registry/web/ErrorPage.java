package io.longshore.registry.web;

import io.longshore.registry.web.error.Failure;
import io.longshore.registry.web.error.FailureReply;
import io.longshore.registry.web.error.RequestLine;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What the container shows in place of its own HTML pages: the OCI error body under {@code /v2/}, problem details under
 * {@code /api/}, one line of text elsewhere. Tells the status and nothing of the cause, which the container has logged.
 */
public final class ErrorPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        if (status instanceof Integer code && uri instanceof String path) {
            send(code, path, request, response);
        } else {
            // Asked for by its own address, or by one where nothing is.
            send(404, request.getRequestURI(), request, response);
        }
    }

    private void send(int code, String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ReplyHeaders headers = ReplyHeaders.of(getServletContext());
        if (path.equals("/v2") || path.startsWith("/v2/")) {
            sendFailure(code, path, headers, request, response);
        } else if (path.equals("/api") || path.startsWith("/api/")) {
            sendFailure(code, path, headers.ofAdministration(), request, response);
        } else {
            sendText(code, request, response);
        }
    }

    private static void sendFailure(
            int code, String path, ReplyHeaders headers, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        headers.setOn(response);
        Failure failure = Failure.ofStatus(code, RequestLine.of(request.getMethod(), path));
        FailureReply.send(failure, request, path, response);
    }

    private static void sendText(int status, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setStatus(status);
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        byte[] text = ("Error " + status + '\n').getBytes(StandardCharsets.US_ASCII);
        response.setContentType("text/plain");
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
    }
}
