package io.longshore.registry.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorPageTest {
    private final Reply reply = new Reply();

    @Test
    void answersUnderTheApiWithItsErrorBodyAndHeaders() throws Exception {
        page().service(refused("GET", 404, "/v2/a"), reply.response());

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.headers())
                .containsEntry("Docker-Distribution-Api-Version", List.of("registry/2.0"))
                .containsEntry("X-Configured", List.of("yes"))
                .containsEntry("Content-Type", List.of("application/json"));
        assertThat(reply.body()).contains("\"UNSUPPORTED\"", "GET /v2/a");
    }

    @Test
    void showsNoMoreThanTheBeginningOfALongAddress() throws Exception {
        page().service(refused("GET", 404, "/v2/" + "a".repeat(5000)), reply.response());

        assertThat(reply.body()).contains("GET /v2/aaa", "…").hasSizeLessThan(500);
    }

    @Test
    void answersTheAdministrationApiWithProblemDetails() throws Exception {
        page().service(refused("GET", 404, "/api/a"), reply.response());

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.headers())
                .containsEntry("Cache-Control", List.of("no-store"))
                .containsEntry("X-Configured", List.of("yes"))
                .containsEntry("Content-Type", List.of("application/problem+json"))
                .doesNotContainKey("Docker-Distribution-Api-Version");
        assertThat(reply.body()).isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                + "\"detail\":\"there is no such endpoint: GET /api/a\"}");
    }

    @Test
    void standsInForWhatTheAdministrationApiDoesNotHave() throws Exception {
        page().service(Requests.of("GET", "/api/v2/users"), reply.response());

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void answersElsewhereWithALineOfText() throws Exception {
        page().service(refused("GET", 500, "/v2x"), reply.response());

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.header("Content-Type")).isEqualTo("text/plain");
        assertThat(reply.body()).isEqualTo("Error 500\n");
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        page().service(refused("HEAD", 404, "/other"), reply.response());

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.headers()).isEmpty();
    }

    @Test
    void isNotThereForWhoAsksForItself() throws Exception {
        page().service(Requests.of("GET", "/error"), reply.response());

        assertThat(reply.status()).isEqualTo(404);
    }

    private static HttpServletRequest refused(String method, int status, String path) {
        HttpServletRequest request = Requests.of(method, "/error");
        request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, status);
        request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, path);
        return request;
    }

    private static ErrorPage page() throws Exception {
        ServletContext context = Proxies.context();
        new ReplyHeaders(Map.of("X-Configured", List.of("yes"))).publishTo(context);
        ErrorPage page = new ErrorPage();
        page.init(Proxies.config(ServletConfig.class, context));
        return page;
    }
}
