package io.longshore.registry.web.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ErrorBodyTest {

    @Test
    void listsEachErrorWithCodeMessageAndDetail() {
        byte[] body = ErrorBody.of(List.of(
                new RegistryException.Error(ErrorCode.MANIFEST_BLOB_UNKNOWN, "first", "sha256:aa"),
                new RegistryException.Error(ErrorCode.DIGEST_INVALID, "second", "\"x\"")));

        assertThat(new String(body, StandardCharsets.UTF_8))
                .isEqualTo("{\"errors\":["
                        + "{\"code\":\"MANIFEST_BLOB_UNKNOWN\",\"message\":\"first\",\"detail\":\"sha256:aa\"},"
                        + "{\"code\":\"DIGEST_INVALID\",\"message\":\"second\",\"detail\":\"\\\"x\\\"\"}]}");
    }

    @Test
    void leavesOutADetailThatSaysNothing() {
        byte[] body = ErrorBody.of(List.of(new RegistryException.Error(ErrorCode.UNKNOWN, "why", "")));

        assertThat(new String(body, StandardCharsets.UTF_8))
                .isEqualTo("{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"why\"}]}");
    }

    @Test
    void writesHalfASurrogatePairAsAQuestionMark() throws IOException {
        byte[] body = ErrorBody.of(List.of(new RegistryException.Error(ErrorCode.NAME_INVALID, "m", "a\ud83db")));

        assertThat(new ObjectMapper().readTree(body).at("/errors/0/detail").asText())
                .isEqualTo("a?b");
    }

    @Property(tries = 200)
    void isJsonThatReadsBackWhateverTheTextsAre(@ForAll String message, @ForAll String detail) throws IOException {
        byte[] body = ErrorBody.of(List.of(new RegistryException.Error(ErrorCode.UNKNOWN, message, detail)));

        JsonNode error = new ObjectMapper().readTree(body).at("/errors/0");
        assertThat(error.get("message").asText()).isEqualTo(encodable(message));
        assertThat(error.path("detail").asText()).isEqualTo(encodable(detail));
    }

    private static String encodable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
