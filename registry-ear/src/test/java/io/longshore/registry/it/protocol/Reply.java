package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the registry answered.
 *
 * @param request method and path of what it answered, for messages
 * @param headers values by name, in the order of the reply; names compare without regard to case
 */
public record Reply(String request, int status, Map<String, List<String>> headers, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The value of a header that must be there exactly once. */
    public String header(String name) {
        assertThat(values(name)).as("%s: header %s", request, name).hasSize(1);
        return values(name).get(0);
    }

    /** The value of a header that may be missing, and is there at most once. */
    public Optional<String> optionalHeader(String name) {
        assertThat(values(name)).as("%s: header %s", request, name).hasSizeLessThan(2);
        return values(name).stream().findFirst();
    }

    /** All values of a header, none if it is missing. */
    public List<String> values(String name) {
        return headers.getOrDefault(name, List.of());
    }

    public long contentLength() {
        return Long.parseLong(header("Content-Length"));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(request + " answered " + text(), e);
        }
    }

    /** The strings of an array in the body. */
    public List<String> strings(String field) {
        assertThat(json().path(field).isArray()).as("%s: %s in %s", request, field, text()).isTrue();
        List<String> strings = new ArrayList<>();
        json().path(field).forEach(item -> strings.add(item.textValue()));
        return strings;
    }

    /** Checks the status. */
    public Reply expect(int expected) {
        assertThat(status).as("%s: status; the body is %s", request, text()).isEqualTo(expected);
        return this;
    }

    /** Checks that it is a failure with the OCI error body, which lists exactly these codes. */
    public Reply expectError(int expected, String... codes) {
        expect(expected);
        assertThat(header("Content-Type")).as("%s: type of the error", request).isEqualTo("application/json");
        List<String> found = new ArrayList<>();
        for (JsonNode error : json().path("errors")) {
            found.add(error.path("code").textValue());
            assertThat(error.path("message").textValue()).as("%s: message", request).isNotBlank();
            assertThat(error.fieldNames()).toIterable().isSubsetOf("code", "message", "detail");
        }
        assertThat(found).as("%s: codes of %s", request, text()).containsExactly(codes);
        return this;
    }

    /** The {@code detail} of each error. */
    public List<String> errorDetails() {
        List<String> details = new ArrayList<>();
        json().path("errors").forEach(error -> details.add(error.path("detail").textValue()));
        return details;
    }
}
