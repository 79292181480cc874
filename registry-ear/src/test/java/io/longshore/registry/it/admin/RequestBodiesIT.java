package io.longshore.registry.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.protocol.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The bodies of requests have the fields that the description of the API says, and no others. */
@ExtendWith(AdminServer.class)
class RequestBodiesIT {
    private static final Map<String, String> EXAMPLES = Map.of(
            "name", "\"nobody\"",
            "password", "\"correct horse\"",
            "oldPassword", "\"wrong\"",
            "newPassword", "\"correct horse\"",
            "subject", "\"user:nobody\"",
            "repositories", "\"none\"",
            "actions", "[\"pull\"]",
            "enabled", "false",
            "url", "\"https://hooks.example.com\"",
            "scopes", "[{\"repositories\": \"none\", \"actions\": [\"pull\"]}]");

    /**
     * An operation whose body is described.
     *
     * @param wrong for each field, a value that is of another type
     */
    record Operation(String method, String path, List<String> required, Map<String, String> wrong) {}

    static Stream<Operation> operations() {
        Map<?, ?> document = (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(AdminServer.administrator().get("/openapi.yaml").expect(200).text());
        List<Operation> operations = new ArrayList<>();
        map(document, "paths").forEach((path, item) -> ((Map<?, ?>) item).forEach((method, operation) -> {
            if (operation instanceof Map<?, ?> described && described.containsKey("requestBody")) {
                String reference = map(described, "requestBody", "content", "application/json", "schema")
                        .get("$ref").toString();
                Map<?, ?> schema = map(
                        document, "components", "schemas", reference.substring(reference.lastIndexOf('/') + 1));
                operations.add(new Operation(
                        method.toString().toUpperCase(),
                        path.toString().replace("{name}", "admin").replace("{id}", "1"),
                        schema.get("required") instanceof List<?> names
                                ? names.stream().map(Object::toString).toList()
                                : List.of(),
                        wrong(map(schema, "properties"))));
            }
        }));
        assertThat(operations).hasSizeGreaterThan(10);
        return operations.stream();
    }

    private static Map<String, String> wrong(Map<?, ?> properties) {
        Map<String, String> wrong = new LinkedHashMap<>();
        properties.forEach((name, property) -> wrong.put(
                name.toString(), "integer".equals(((Map<?, ?>) property).get("type")) ? "\"5\"" : "5"));
        return wrong;
    }

    private static Map<?, ?> map(Map<?, ?> from, String... keys) {
        Map<?, ?> found = from;
        for (String key : keys) {
            found = (Map<?, ?>) found.get(key);
        }
        return found;
    }

    /** All that is required, with one field more or another. */
    private static String body(Operation operation, String field, String value) {
        Map<String, String> fields =
                operation.required().stream().collect(Collectors.toMap(name -> name, EXAMPLES::get));
        fields.put(field, value);
        return fields.entrySet().stream()
                .map(entry -> '"' + entry.getKey() + "\": " + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String refusal(Operation operation, String field, String value) {
        Reply reply = AdminServer.byPassword()
                .request(operation.method(), operation.path())
                .header("Content-Type", "application/json")
                .body(body(operation, field, value))
                .send();
        return Api.problem(reply, 400);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void takesTheFieldsThatAreDescribedAndNoOthers(Operation operation) {
        operation.wrong().forEach((field, value) ->
                assertThat(refusal(operation, field, value)).startsWith(field + ": expected "));
        for (String field : operation.required()) {
            assertThat(refusal(operation, field, "null")).isNotEmpty().doesNotContain("no such field");
        }
        assertThat(refusal(operation, "surprise", "5")).isEqualTo("surprise: there is no such field");
    }
}
