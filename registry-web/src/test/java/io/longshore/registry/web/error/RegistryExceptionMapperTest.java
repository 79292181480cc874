package io.longshore.registry.web.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.web.Requests;
import io.longshore.registry.web.body.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.RedirectionException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RegistryExceptionMapperTest {
    private static final RegistryException UNKNOWN =
            new RegistryException.NotFound(ErrorCode.BLOB_UNKNOWN, "no such blob", "sha256:aa");

    @Test
    void answersWithTheErrorBodyAndItsExactLength() {
        Response reply = to("GET").toResponse(UNKNOWN);

        assertThat(reply.getStatus()).isEqualTo(404);
        assertThat(reply.getHeaderString("Content-Type")).isEqualTo("application/json");
        assertThat(reply.getHeaderString("Content-Length")).isEqualTo("" + body(reply).length());
        assertThat(body(reply)).contains("\"BLOB_UNKNOWN\"", "sha256:aa");
    }

    @Test
    void answersHeadWithoutABodyOrALengthOfOne() {
        Response reply = to("HEAD").toResponse(UNKNOWN);

        assertThat(reply.getStatus()).isEqualTo(404);
        assertThat(reply.hasEntity()).isFalse();
        assertThat(reply.getHeaderString("Content-Type")).isEqualTo("application/json");
        assertThat(reply.getHeaders()).doesNotContainKey("Content-Length");
    }

    @Test
    void asksToComeBackLaterWhereThatMayHelp() {
        Response reply = to("GET").toResponse(new RegistryException.Unavailable("the database is away"));

        assertThat(reply.getStatus()).isEqualTo(503);
        assertThat(reply.getHeaderString("Retry-After")).isEqualTo("5");
    }

    @Test
    void keepsTheAllowedMethodsOfARefusedOne() {
        Response reply = to("PUT").toResponse(new NotAllowedException("GET", new String[] {"HEAD"}));

        assertThat(reply.getStatus()).isEqualTo(405);
        assertThat(reply.getHeaderString("Allow")).contains("GET").contains("HEAD");
        assertThat(body(reply)).contains("UNSUPPORTED");
    }

    @Test
    void tellsAMissingEndpointFromAMissingRepository() {
        Response reply = to("GET").toResponse(new NotFoundException());

        assertThat(reply.getStatus()).isEqualTo(404);
        assertThat(body(reply)).contains("UNSUPPORTED", "GET /v2/a/tags/list").doesNotContain("NAME_UNKNOWN");
    }

    @Test
    void letsARedirectPass() {
        Response reply = to("GET").toResponse(new RedirectionException(307, URI.create("/v2/")));

        assertThat(reply.getStatus()).isEqualTo(307);
        assertThat(reply.getHeaderString("Location")).isEqualTo("/v2/");
    }

    @Test
    void leavesItToTheFilterToAnswerAClientThatHasGone() throws IOException {
        HttpServletRequest request = Requests.of("PUT", "/v2/a/blobs/uploads/1");
        InputStream closed = InputStream.nullInputStream();
        closed.close();
        IOException broken = catchThrowableOfType(IOException.class, () -> new RequestBody(closed).readAllBytes());

        Response reply = new RegistryExceptionMapper(request).toResponse(broken);

        assertThat(reply.getStatus()).isEqualTo(400);
        assertThat(reply.hasEntity()).isFalse();
        assertThat(request.getAttribute(Failure.ATTRIBUTE)).isInstanceOf(Failure.class);
    }

    private static RegistryExceptionMapper to(String method) {
        return new RegistryExceptionMapper(Requests.of(method, "/v2/a/tags/list"));
    }

    private static String body(Response reply) {
        return new String((byte[]) reply.getEntity(), StandardCharsets.UTF_8);
    }
}
