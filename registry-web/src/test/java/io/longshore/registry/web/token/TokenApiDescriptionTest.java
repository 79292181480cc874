package io.longshore.registry.web.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/openapi-token.yaml} describes the resources of the token service. */
class TokenApiDescriptionTest {

    private static SwaggerParseResult parsed() throws IOException {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        String text = Files.readString(Path.of("../docs/openapi-token.yaml"));
        return new OpenAPIV3Parser().readContents(text, List.of(), options);
    }

    @Test
    void isAnOpenApiDocumentOfAllThatThereIs() throws IOException {
        OpenAPI document = parsed().getOpenAPI();

        assertThat(parsed().getMessages()).isEmpty();
        List<String> operations = new ArrayList<>();
        document.getPaths().forEach((path, item) ->
                item.readOperationsMap().keySet().forEach(method -> operations.add(method + " " + path)));
        assertThat(operations).containsExactlyInAnyOrder("GET /auth/token", "POST /auth/token", "GET /auth/jwks");
    }

    @Test
    void namesEveryErrorOfOAuthThatIsAnswered() throws IOException {
        List<?> named = ((Schema<?>)
                        parsed().getOpenAPI().getComponents().getSchemas().get("Failure").getProperties().get("error"))
                .getEnum();

        assertThat(named.stream().map(Object::toString))
                .containsExactlyInAnyOrderElementsOf(OAuthFailureMapperTest.failures()
                        .map(failure -> (String) failure.get()[2])
                        .collect(Collectors.toSet()));
    }
}
