package io.longshore.registry.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;
import static org.junit.platform.commons.support.ReflectionSupport.findAllClassesInPackage;

import io.longshore.registry.model.ErrorCode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@code docs/openapi.yaml} describes the resources of this web application, all of them and no others. */
class ApiDescriptionTest {
    /** Codes that no resource answers. */
    private static final Set<String> NEVER_ANSWERED = Set.of("UNAUTHORIZED", "DENIED", "TOOMANYREQUESTS");

    private final SwaggerParseResult parsed = parse();

    private static SwaggerParseResult parse() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        try {
            String text = Files.readString(java.nio.file.Path.of("../docs/openapi.yaml"));
            return new OpenAPIV3Parser().readContents(text, List.of(), options);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void isAnOpenApiDocument() {
        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
    }

    @Test
    void describesEveryOperationAndItsParameters() {
        assertThat(described()).isEqualTo(served());
    }

    @Test
    void namesEveryErrorCodeThatIsAnswered() {
        Set<String> answered = new TreeSet<>();
        for (ErrorCode code : ErrorCode.values()) {
            if (!NEVER_ANSWERED.contains(code.name())) {
                answered.add(code.name());
            }
        }

        List<?> described = parsed.getOpenAPI().getComponents().getSchemas().get("ErrorCode").getEnum();
        assertThat(described.stream().map(Object::toString)).containsExactlyElementsOf(answered);
    }

    /** Parameters, such as {@code query n}, by method and path. */
    private Map<String, Set<String>> described() {
        Map<String, Set<String>> described = new TreeMap<>();
        OpenAPI document = parsed.getOpenAPI();
        document.getPaths().forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
            Set<String> parameters = new TreeSet<>();
            add(parameters, document, item.getParameters());
            add(parameters, document, operation.getParameters());
            described.put(method + " " + path, parameters);
        }));
        return described;
    }

    private static void add(Set<String> names, OpenAPI document, List<Parameter> parameters) {
        if (parameters == null) {
            return;
        }
        for (Parameter parameter : parameters) {
            Parameter found = parameter.get$ref() == null ? parameter : referenced(document, parameter.get$ref());
            names.add(found.getIn() + ' ' + found.getName());
        }
    }

    private static Parameter referenced(OpenAPI document, String reference) {
        return document.getComponents().getParameters().get(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static Map<String, Set<String>> served() {
        Map<String, Set<String>> served = new TreeMap<>();
        String home = ApiDescriptionTest.class.getPackageName();
        for (Class<?> resource : findAllClassesInPackage(
                home, type -> isResource(type) && type.getPackageName().equals(home), name -> true)) {
            String path = path(resource.getAnnotation(Path.class).value());
            for (Method method : resource.getDeclaredMethods()) {
                findAnnotation(method, HttpMethod.class).map(HttpMethod::value).ifPresent(verb -> {
                    // The document says once that HEAD is answered wherever GET is.
                    String described = verb.equals(HttpMethod.HEAD) ? HttpMethod.GET : verb;
                    served.computeIfAbsent(described + ' ' + path, key -> new TreeSet<>()).addAll(parameters(method));
                });
            }
        }
        return served;
    }

    private static boolean isResource(Class<?> type) {
        return type.isAnnotationPresent(Path.class);
    }

    /** The template without its regular expressions; the slash that may be left out is there. */
    private static String path(String template) {
        String plain = template.equals("/") ? "" : template;
        return "/v2/" + plain.replace("{slash: /?}", "/").replaceAll("\\{(\\w+): [^{}]*}", "{$1}");
    }

    private static Set<String> parameters(Method method) {
        Set<String> names = new TreeSet<>();
        for (java.lang.reflect.Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(PathParam.class)) {
                names.add("path " + parameter.getAnnotation(PathParam.class).value());
            } else if (parameter.isAnnotationPresent(QueryParam.class)) {
                names.add("query " + parameter.getAnnotation(QueryParam.class).value());
            } else if (parameter.isAnnotationPresent(HeaderParam.class)) {
                names.add("header " + parameter.getAnnotation(HeaderParam.class).value());
            }
        }
        // The type of a body belongs to the body, in the words of OpenAPI.
        names.remove("header " + HttpHeaders.CONTENT_TYPE);
        return names;
    }
}
