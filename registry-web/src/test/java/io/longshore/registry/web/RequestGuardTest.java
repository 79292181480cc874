package io.longshore.registry.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.web.error.Failure;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {
    private static final String VERSION = "Docker-Distribution-Api-Version";
    private static final FilterChain NOT_REACHED = (request, response) -> {
        throw new AssertionError("the request was let through");
    };

    private static final RequestLimits LIMITS = new RequestLimits(8 * 1024, 32 * 1024);

    private final CapturedLog log = new CapturedLog(Failure.class);
    private final Reply reply = new Reply();

    @AfterEach
    void giveTheLogBack() {
        log.close();
    }

    @Test
    void givesARequestOnAsItIsAndItsReplyTheHeaders() throws Exception {
        HttpServletRequest request = Requests.of("GET", "/v2/");
        HttpServletResponse response = reply.response();

        guard(Map.of()).doFilter(request, response, (passed, answered) -> {
            assertThat(passed).isSameAs(request);
            assertThat(answered).isSameAs(response);
        });

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers())
                .containsOnly(
                        Map.entry(VERSION, List.of("registry/2.0")),
                        Map.entry("X-Content-Type-Options", List.of("nosniff")),
                        Map.entry("Content-Security-Policy", List.of("default-src 'none'; sandbox")));
    }

    @Test
    void sendsEachValueOfAConfiguredHeader() throws Exception {
        Map<String, List<String>> configured = new LinkedHashMap<>();
        configured.put("content-security-policy", List.of("default-src 'self'"));
        configured.put("Via", List.of("a", "b"));

        guard(configured).doFilter(Requests.of("GET", "/v2/"), reply.response(), (passed, answered) -> {});

        assertThat(reply.headers())
                .containsEntry("Content-Security-Policy", List.of("default-src 'self'"))
                .containsEntry("X-Content-Type-Options", List.of("nosniff"))
                .containsEntry("Via", List.of("a", "b"));
    }

    @Test
    void refusesAnAddressThatIsTooLong() throws Exception {
        String name = "a".repeat(LIMITS.uriChars());

        guard(Map.of()).doFilter(Requests.of("GET", "/v2/" + name), reply.response(), NOT_REACHED);

        assertThat(reply.status()).isEqualTo(414);
        assertErrorBody();
    }

    /** Which the server has put in place of the true one. */
    @Test
    void refusesTheAddressThatStandsForOnesThatAreTooLong() throws Exception {
        guard(Map.of()).doFilter(Requests.of("GET", "/v2/~too-long"), reply.response(), NOT_REACHED);

        assertThat(reply.status()).isEqualTo(414);
        assertThat(reply.body()).contains("NAME_INVALID");
        assertErrorBody();
    }

    @Test
    void countsTheQueryToTheAddress() throws Exception {
        String query = "tag=a&".repeat(LIMITS.uriChars() / 6 + 1);

        guard(Map.of()).doFilter(Requests.of("PUT", "/v2/", query, Map.of()), reply.response(), NOT_REACHED);

        assertThat(reply.status()).isEqualTo(414);
    }

    @Test
    void refusesHeadersThatAreTooLargeTogether() throws Exception {
        String half = "x".repeat(LIMITS.headerChars() / 2);
        Map<String, List<String>> headers = Map.of("Accept", List.of(half, half));

        guard(Map.of()).doFilter(Requests.of("GET", "/v2/", null, headers), reply.response(), NOT_REACHED);

        assertThat(reply.status()).isEqualTo(431);
        assertErrorBody();
    }

    @Test
    void refusesAnAddressWithMoreThanOneMeaning() throws Exception {
        guard(Map.of()).doFilter(Requests.of("GET", "/v2/a/../b/tags/list"), reply.response(), NOT_REACHED);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("NAME_INVALID");
        assertErrorBody();
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775808, 413",
        "99999999999999999999999, 413",
        "0000000000000000003, 413",
        "abc, 400",
        "-1, 400",
        "+1, 400",
        "0x1, 400",
        "'', 400",
        "\u0661, 400"
    })
    void refusesALengthThatIsNoneAndEndsTheConnection(String length, int status) throws Exception {
        Map<String, List<String>> headers = Map.of("Content-Length", List.of(length));

        guard(Map.of()).doFilter(Requests.of("PUT", "/v2/a", null, headers), reply.response(), NOT_REACHED);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Connection")).isEqualTo("close");
        assertThat(reply.body()).contains("SIZE_INVALID");
        assertErrorBody();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xchunked", "identity", "gzip, chunked", "chunked, identity", "chunked, chunked", "", "\u000bchunke"})
    void refusesACodingOfTheTransferOtherThanChunked(String coding) throws Exception {
        Map<String, List<String>> headers = Map.of("Transfer-Encoding", List.of(coding));

        guard(Map.of()).doFilter(Requests.of("PUT", "/v2/a", null, headers), reply.response(), NOT_REACHED);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Connection")).isEqualTo("close");
        assertThat(reply.body()).contains("UNSUPPORTED");
        assertErrorBody();
    }

    @Test
    void refusesTwoCodingsOfTheTransfer() throws Exception {
        Map<String, List<String>> headers = Map.of("Transfer-Encoding", List.of("chunked", "chunked"));

        guard(Map.of()).doFilter(Requests.of("PUT", "/v2/a", null, headers), reply.response(), NOT_REACHED);

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void takesTheLargestLengthAndChunksHoweverTheyAreSpelt() throws Exception {
        for (Map<String, List<String>> headers : List.of(
                Map.of("Content-Length", List.of("999999999999999999")),
                Map.of("Transfer-Encoding", List.of(" Chunked ")))) {
            boolean[] reached = {false};

            guard(Map.of()).doFilter(Requests.of("PUT", "/v2/a", null, headers), reply.response(), (passed, answered) ->
                    reached[0] = true);

            assertThat(reached[0]).as("%s", headers).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd", "identity, gzip", "br"})
    void refusesACodedBody(String coding) throws Exception {
        Map<String, List<String>> headers =
                Map.of("Content-Encoding", List.of(coding), "Transfer-Encoding", List.of("chunked"));

        guard(Map.of()).doFilter(Requests.of("PUT", "/v2/a", null, headers), reply.response(), NOT_REACHED);

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.body()).contains("UNSUPPORTED");
    }

    @Test
    void takesABodyThatSaysItIsNotCodedAndACodingWithoutABody() throws Exception {
        guard(Map.of())
                .doFilter(
                        Requests.of(
                                "PUT",
                                "/v2/a",
                                null,
                                Map.of("Content-Encoding", List.of("Identity"), "Content-Length", List.of("3"))),
                        reply.response(),
                        (passed, answered) -> {});
        guard(Map.of())
                .doFilter(
                        Requests.of("GET", "/v2/a", null, Map.of("Content-Encoding", List.of("gzip"))),
                        reply.response(),
                        (passed, answered) -> {});

        assertThat(reply.status()).isEqualTo(200);
    }

    /** curl says this of every body, and Jersey would look into it. */
    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded; charset=utf-8"})
    void hidesThatABodyIsCalledAForm(String type) throws Exception {
        HttpServletRequest request = Requests.of(
                "PUT", "/v2/a", null, Map.of("content-type", List.of(type), "Accept", List.of("*/*")));

        guard(Map.of()).doFilter(request, reply.response(), (passed, answered) -> {
            HttpServletRequest seen = (HttpServletRequest) passed;
            assertThat(seen.getContentType()).isNull();
            assertThat(seen.getHeader("Content-Type")).isNull();
            assertThat(Collections.list(seen.getHeaders("CONTENT-TYPE"))).isEmpty();
            assertThat(Collections.list(seen.getHeaderNames())).containsExactly("Accept");
            assertThat(seen.getHeader("Accept")).isEqualTo("*/*");
        });
        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void answersForWhatEscapesAndForgetsWhatWasPrepared() throws Exception {
        guard(Map.of()).doFilter(Requests.of("GET", "/v2/a"), reply.response(), (passed, answered) -> {
            ((HttpServletResponse) answered).setHeader("ETag", "\"half\"");
            throw new ServletException(new IllegalStateException("secret"));
        });

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).contains("\"UNKNOWN\"").doesNotContain("secret");
        assertThat(reply.headers()).doesNotContainKey("ETag");
        assertErrorBody();
        assertThat(log.records()).singleElement().satisfies(logged -> assertThat(logged.getThrown())
                .isInstanceOf(IllegalStateException.class));
    }

    @Test
    void knowsAnAnswerInsideWhatEscapes() throws Exception {
        guard(Map.of()).doFilter(Requests.of("GET", "/v2/a"), reply.response(), (passed, answered) -> {
            throw new ServletException(new RegistryException.NotFound(ErrorCode.NAME_UNKNOWN, "no", "a"));
        });

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).contains("NAME_UNKNOWN");
    }

    @Test
    void letsTheServerBreakAReplyThatHasBegun() {
        IOException gone = new IOException("broken pipe");

        assertThatThrownBy(() ->
                        guard(Map.of()).doFilter(Requests.of("GET", "/v2/a"), reply.response(), (passed, answered) -> {
                            reply.commit();
                            throw gone;
                        }))
                .isSameAs(gone);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void fillsInTheBodyOfABareRefusal() throws Exception {
        guard(Map.of()).doFilter(Requests.of("PUT", "/v2/"), reply.response(), (passed, answered) -> {
            ((HttpServletResponse) answered).setStatus(405);
            ((HttpServletResponse) answered).setHeader("Allow", "GET");
        });

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("GET");
        assertErrorBody();
    }

    @Test
    void leavesTheBodyOfAResourceAlone() throws Exception {
        guard(Map.of()).doFilter(Requests.of("GET", "/v2/a"), reply.response(), (passed, answered) -> {
            ((HttpServletResponse) answered).setStatus(404);
            answered.setContentType("application/json");
            answered.getOutputStream().print("{}");
        });

        assertThat(reply.body()).isEqualTo("{}");
    }

    @Test
    void sendsTheFailureThatTheMapperLeftBehind() throws Exception {
        HttpServletRequest request = Requests.of("PUT", "/v2/a");
        Failure left = Failure.of(new RegistryException.Invalid(ErrorCode.SIZE_INVALID, "short", ""));

        guard(Map.of()).doFilter(request, reply.response(), (passed, answered) -> {
            passed.setAttribute(Failure.ATTRIBUTE, left);
            ((HttpServletResponse) answered).setStatus(400);
        });

        assertThat(reply.body()).contains("SIZE_INVALID");
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        guard(Map.of()).doFilter(Requests.of("HEAD", "/v2//a"), reply.response(), NOT_REACHED);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.headers()).containsOnlyKeys(VERSION, "X-Content-Type-Options", "Content-Security-Policy");
    }

    private void assertErrorBody() {
        assertThat(reply.header(VERSION)).isEqualTo("registry/2.0");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("Content-Length")).isEqualTo("" + reply.body().length());
        assertThat(reply.body()).startsWith("{\"errors\":[{\"code\":\"").endsWith("}]}");
    }

    private static RequestGuard guard(Map<String, List<String>> headers) {
        return new RequestGuard(LIMITS, new ReplyHeaders(headers));
    }
}
