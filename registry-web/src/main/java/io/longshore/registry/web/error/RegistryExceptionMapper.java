package io.longshore.registry.web.error;

import io.longshore.registry.web.body.BodyLostException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Turns whatever a resource throws, and what JAX-RS itself refuses, into a status and the body that its API has for
 * errors; a HEAD gets the status and headers alone. One instance serves all requests.
 */
public final class RegistryExceptionMapper implements ExceptionMapper<Throwable> {
    private final HttpServletRequest request;

    /** @param request a proxy of the request that is being served */
    public RegistryExceptionMapper(@Context HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof WebApplicationException answer && answer.getResponse().getStatus() < 400) {
            return answer.getResponse();
        }
        Failure failure = Failure.of(thrown, RequestLine.of(request));
        if (thrown instanceof BodyLostException) {
            // The client has most likely gone: writing to it fails, and Jersey would log that as an error, with a stack.
            request.setAttribute(Failure.ATTRIBUTE, failure);
            return Response.status(failure.status()).build();
        }
        FailureForm form = FailureForm.of(request.getRequestURI());
        Response.ResponseBuilder reply = reply(failure, form, request.getMethod());
        if (thrown instanceof WebApplicationException refusal) {
            reply.header(HttpHeaders.ALLOW, withHead(refusal.getResponse().getHeaderString(HttpHeaders.ALLOW)));
        }
        return reply.build();
    }

    /** JAX-RS answers HEAD wherever it answers GET, and yet does not always name it. */
    private static String withHead(String allow) {
        if (allow == null || !allow.contains(HttpMethod.GET) || allow.contains(HttpMethod.HEAD)) {
            return allow;
        }
        return HttpMethod.HEAD + ',' + allow;
    }

    /**
     * Begins the reply to a failure of the distribution API, for a resource that has headers to add.
     *
     * @param method the request's, which decides whether there is a body
     */
    public static Response.ResponseBuilder reply(Failure failure, String method) {
        return reply(failure, FailureForm.DISTRIBUTION, method);
    }

    private static Response.ResponseBuilder reply(Failure failure, FailureForm form, String method) {
        Response.ResponseBuilder reply = Response.status(failure.status());
        failure.headers().forEach(reply::header);
        if (HttpMethod.HEAD.equals(method)) {
            return reply.type(form.mediaType());
        }
        byte[] body = form.body(failure);
        return reply.type(form.mediaType()).header(HttpHeaders.CONTENT_LENGTH, body.length).entity(body);
    }
}
