package io.longshore.registry.web.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureFormTest {

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/", "/api/v1/users"})
    void theAdministrationApiHasAFormOfItsOwn(String path) {
        assertThat(FailureForm.of(path)).isEqualTo(FailureForm.ADMINISTRATION);
        assertThat(FailureForm.of(path).mediaType()).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/", "/", "/apis", "/v2/api/tags/list", ""})
    void allElseHasThatOfTheDistributionApi(String path) {
        assertThat(FailureForm.of(path)).isEqualTo(FailureForm.DISTRIBUTION);
    }

    private static String problem(int status, RegistryException.Error... errors) {
        return new String(
                FailureForm.ADMINISTRATION.body(new Failure(status, List.of(errors), Map.of())),
                StandardCharsets.UTF_8);
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(problem(409, new RegistryException.Error(ErrorCode.DENIED, "there is such a user", "alice")))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,"
                        + "\"detail\":\"there is such a user: alice\"}");
    }

    @Test
    void saysAllThatIsWrong() {
        assertThat(problem(
                        400,
                        new RegistryException.Error(ErrorCode.DENIED, "one", ""),
                        new RegistryException.Error(ErrorCode.DENIED, "two", "\"quoted\"")))
                .contains("\"detail\":\"one; two: \\\"quoted\\\"\"");
    }

    @Test
    void namesStatusesThatJaxRsDoesNotKnow() {
        assertThat(problem(599, new RegistryException.Error(ErrorCode.UNKNOWN, "x", ""))).contains("\"HTTP 599\"");
    }

    @Test
    void isUnicodeWhateverTheClientSent() {
        assertThat(problem(400, new RegistryException.Error(ErrorCode.UNKNOWN, "half \ud83d", ""))).contains("half ?");
    }
}
