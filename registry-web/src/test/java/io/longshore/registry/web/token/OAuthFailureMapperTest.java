package io.longshore.registry.web.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.web.Requests;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OAuthFailureMapperTest {
    private static Response reply(String method, Throwable thrown) {
        return new OAuthFailureMapper(Requests.of(method, "/auth/token")).toResponse(thrown);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(OAuthException.invalidRequest("x"), 400, "invalid_request", "UNSUPPORTED"),
                Arguments.of(OAuthException.invalidGrant("x"), 400, "invalid_grant", "UNAUTHORIZED"),
                Arguments.of(OAuthException.invalidScope("x"), 400, "invalid_scope", "UNSUPPORTED"),
                Arguments.of(OAuthException.invalidTarget("x"), 400, "invalid_target", "UNSUPPORTED"),
                Arguments.of(OAuthException.unsupportedGrantType("x"), 400, "unsupported_grant_type", "UNSUPPORTED"),
                Arguments.of(new RegistryException.Unauthenticated("Basic realm=\"x\"", "x", ""), 401,
                        "invalid_client", "UNAUTHORIZED"),
                Arguments.of(new RegistryException.TooManyRequests("x", 7), 429, "temporarily_unavailable",
                        "TOOMANYREQUESTS"),
                Arguments.of(new RegistryException.Unavailable("x"), 503, "temporarily_unavailable", "UNAVAILABLE"),
                Arguments.of(new NotFoundException(), 404, "invalid_request", "UNSUPPORTED"),
                Arguments.of(new IllegalStateException("secret"), 500, "server_error", "UNKNOWN"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void answersInTheWordsOfOAuthAndOfRegistries(Throwable thrown, int status, String error, String code)
            throws IOException {
        Response reply = reply("POST", thrown);
        JsonNode body = new ObjectMapper().readTree((byte[]) reply.getEntity());

        assertThat(reply.getStatus()).isEqualTo(status);
        assertThat(reply.getHeaderString("Content-Type")).isEqualTo("application/json");
        assertThat(reply.getHeaderString("Cache-Control")).isEqualTo("no-store");
        assertThat(body.path("error").textValue()).isEqualTo(error);
        assertThat(body.path("error_description").textValue()).isNotBlank().doesNotContain("secret");
        assertThat(body.path("errors")).hasSize(1);
        assertThat(body.path("errors").path(0).path("code").textValue()).isEqualTo(code);
        assertThat(body.path("errors").path(0).path("message")).isEqualTo(body.path("error_description"));
    }

    @Test
    void sendsTheHeadersOfTheFailure() {
        assertThat(reply("GET", new RegistryException.Unauthenticated("Basic realm=\"x\"", "x", ""))
                        .getHeaderString("WWW-Authenticate"))
                .isEqualTo("Basic realm=\"x\"");
        assertThat(reply("POST", new RegistryException.TooManyRequests("x", 7)).getHeaderString("Retry-After"))
                .isEqualTo("7");
    }

    @Test
    void hasNoBodyForHead() {
        assertThat(reply("HEAD", new NotFoundException()).hasEntity()).isFalse();
        assertThat(reply("GET", new NotFoundException()).hasEntity()).isTrue();
    }
}
