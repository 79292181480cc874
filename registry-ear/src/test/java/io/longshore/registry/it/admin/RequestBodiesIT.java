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
    private static final Map<String, String> EXAMPLES = Map.ofEntries(
            Map.entry("name", "\"nobody\""),
            Map.entry("password", "\"correct horse\""),
            Map.entry("oldPassword", "\"wrong\""),
            Map.entry("newPassword", "\"correct horse\""),
            Map.entry("subject", "\"user:nobody\""),
            Map.entry("repositories", "\"none\""),
            Map.entry("actions", "[\"pull\"]"),
            Map.entry("direction", "\"pull\""),
            Map.entry("url", "\"https://hooks.example.com\""),
            Map.entry("scopes", "[{\"repositories\": \"none\", \"actions\": [\"pull\"]}]"),
            Map.entry("enabled", "false"));

    /**
     * An operation whose body is described.
     *
     * @param required for each field that must be there, a value that it may have
     * @param wrong for each field, a value that is of another type
     */
    record Operation(String method, String path, Map<String, String> required, Map<String, String> wrong) {}

    static Stream<Operation> operations() {
        Map<?, ?> document = (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(AdminServer.administrator().get("/openapi.yaml").expect(200).text());
        List<Operation> operations = new ArrayList<>();
        map(document, "paths").forEach((path, item) -> ((Map<?, ?>) item).forEach((method, operation) -> {
            if (operation instanceof Map<?, ?> described && described.containsKey("requestBody")) {
                String reference = map(described, "requestBody", "content", "application/json", "schema")
                        .get("$ref").toString();
                Body body = new Body(document);
                body.add(map(document, "components", "schemas", reference.substring(reference.lastIndexOf('/') + 1)));
                operations.add(new Operation(
                        method.toString().toUpperCase(),
                        path.toString().replace("{name}", "admin").replace("{id}", "1"), body.required(), body.wrong()));
            }
        }));
        assertThat(operations).hasSizeGreaterThan(10);
        return operations.stream();
    }

    /** The fields of a body, as far as they were found. */
    private record Body(Map<?, ?> document, List<String> names, Map<String, Map<?, ?>> properties) {
        Body(Map<?, ?> document) {
            this(document, new ArrayList<>(), new LinkedHashMap<>());
        }

        void add(Map<?, ?> schema) {
            if (schema.get("allOf") instanceof List<?> parts) {
                parts.forEach(part -> add((Map<?, ?>) part));
            } else if (schema.get("$ref") instanceof String reference) {
                add(map(document, "components", "schemas", reference.substring(reference.lastIndexOf('/') + 1)));
            } else {
                if (schema.get("required") instanceof List<?> required) {
                    required.forEach(name -> names.add(name.toString()));
                }
                map(schema, "properties").forEach((name, property) -> properties.put(name.toString(), (Map<?, ?>) property));
            }
        }

        Map<String, String> required() {
            return names.stream().collect(Collectors.toMap(name -> name, this::example));
        }

        private String example(String name) {
            String example = EXAMPLES.get(name);
            boolean isList = "array".equals(properties.get(name).get("type"));
            return isList && !example.startsWith("[") ? '[' + example + ']' : example;
        }

        Map<String, String> wrong() {
            Map<String, String> wrong = new LinkedHashMap<>();
            properties.forEach(
                    (name, property) -> wrong.put(name, "integer".equals(property.get("type")) ? "\"5\"" : "5"));
            return wrong;
        }
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
        Map<String, String> fields = new LinkedHashMap<>(operation.required());
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
        for (String field : operation.required().keySet()) {
            assertThat(refusal(operation, field, "null")).isNotEmpty().doesNotContain("no such field");
        }
        assertThat(refusal(operation, "surprise", "5")).isEqualTo("surprise: there is no such field");
    }
}
