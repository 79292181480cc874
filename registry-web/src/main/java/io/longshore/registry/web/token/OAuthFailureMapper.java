package io.longshore.registry.web.token;

import io.longshore.registry.model.RegistryException;
import io.longshore.registry.web.error.ErrorBody;
import io.longshore.registry.web.error.Failure;
import io.longshore.registry.web.error.RequestLine;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.List;
import java.util.Map;

/**
 * Answers why there is no token, for two kinds of readers at once: as OAuth has it (RFC 6749, section 5.2), and as
 * registries do, which is what Docker and containerd show to their users.
 */
public final class OAuthFailureMapper implements ExceptionMapper<Throwable> {
    private final HttpServletRequest request;

    /** @param request a proxy of the request that is being served */
    public OAuthFailureMapper(@Context HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof OAuthException refusal) {
            RegistryException.Error error =
                    new RegistryException.Error(refusal.code(), refusal.getMessage(), "");
            return reply(refusal.error(), new Failure(400, List.of(error), Map.of())).build();
        }
        Failure failure = Failure.of(thrown, RequestLine.of(request));
        Response.ResponseBuilder reply = reply(error(failure.status()), failure);
        if (thrown instanceof WebApplicationException refusal) {
            reply.header(HttpHeaders.ALLOW, refusal.getResponse().getHeaderString(HttpHeaders.ALLOW));
        }
        return reply.build();
    }

    /** OAuth has a word for what is wrong with a request, and for what is wrong here (RFC 6749, section 4.1.2.1). */
    private static String error(int status) {
        return switch (status) {
            case 401 -> "invalid_client";
            case 429, 503 -> "temporarily_unavailable";
            default -> status < 500 ? "invalid_request" : "server_error";
        };
    }

    private Response.ResponseBuilder reply(String error, Failure failure) {
        Response.ResponseBuilder reply = Response.status(failure.status())
                .type(ErrorBody.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, TokenReply.NO_STORE);
        failure.headers().forEach(reply::header);
        if (request.getMethod().equals("HEAD")) {
            return reply;
        }
        byte[] body = TokenReply.failure(error, failure.errors());
        return reply.header(HttpHeaders.CONTENT_LENGTH, body.length).entity(body);
    }
}
