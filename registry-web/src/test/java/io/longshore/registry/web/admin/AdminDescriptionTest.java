package io.longshore.registry.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;
import static org.junit.platform.commons.support.ReflectionSupport.findAllClassesInPackage;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The document that the API serves describes its resources, all of them and no others. */
class AdminDescriptionTest {
    private final SwaggerParseResult parsed = parse();

    private static SwaggerParseResult parse() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        try (var file = OpenApiResource.class.getResourceAsStream(OpenApiResource.FILE)) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new OpenAPIV3Parser().readContents(text, List.of(), options);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Class<?>> classes(Predicate<Class<?>> which) {
        return findAllClassesInPackage(AdminApi.class.getPackageName(), which, name -> true);
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
    void saysWhichOperationsHaveABody() {
        Set<String> described = operations(operation -> operation.getRequestBody() != null);

        assertThat(described).isEqualTo(servedBy(method -> Arrays.asList(method.getParameterTypes())
                .contains(JsonBody.class)).keySet());
    }

    @Test
    void saysWhatIsForEverybody() {
        Set<String> described = operations(operation -> operation.getSecurity() != null);

        assertThat(described)
                .isEqualTo(servedBy(method -> method.isAnnotationPresent(ForEverybody.class)).keySet());
    }

    @Test
    void describesEveryFieldThatIsWritten() {
        Map<String, Set<String>> written = new TreeMap<>();
        for (Class<?> record : classes(type -> type.isRecord() && Modifier.isPublic(type.getModifiers()))) {
            written.put(record.getSimpleName(), Arrays.stream(record.getRecordComponents())
                    .map(RecordComponent::getName)
                    .collect(Collectors.toCollection(TreeSet::new)));
        }
        assertThat(written).hasSizeGreaterThan(10);

        Map<String, Set<String>> described = new TreeMap<>();
        parsed.getOpenAPI().getComponents().getSchemas().forEach((name, schema) -> {
            if (written.containsKey(name)) {
                described.put(name, properties(schema));
            }
        });
        assertThat(described).isEqualTo(written);
    }

    private static Set<String> properties(Schema<?> schema) {
        return new TreeSet<>(schema.getProperties().keySet());
    }

    private Set<String> operations(Predicate<Operation> which) {
        Set<String> found = new TreeSet<>();
        parsed.getOpenAPI().getPaths().forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
            if (which.test(operation)) {
                found.add(method + " " + path);
            }
        }));
        return found;
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
        for (Parameter parameter : parameters == null ? List.<Parameter>of() : parameters) {
            String reference = parameter.get$ref();
            Parameter found = reference == null
                    ? parameter
                    : document.getComponents().getParameters().get(reference.substring(reference.lastIndexOf('/') + 1));
            names.add(found.getIn() + ' ' + found.getName());
        }
    }

    private static Map<String, Set<String>> served() {
        return servedBy(method -> true);
    }

    private static Map<String, Set<String>> servedBy(Predicate<Method> which) {
        Map<String, Set<String>> served = new TreeMap<>();
        for (Class<?> resource : classes(type -> type.isAnnotationPresent(Path.class))) {
            String path = '/' + resource.getAnnotation(Path.class).value().replaceAll("\\{(\\w+):[^}]*}", "{$1}");
            for (Method method : resource.getDeclaredMethods()) {
                findAnnotation(method, HttpMethod.class).map(HttpMethod::value).filter(verb -> which.test(method))
                        .ifPresent(verb -> served.put(verb + ' ' + path + below(method), parameters(method)));
            }
        }
        return served;
    }

    private static String below(Method method) {
        return method.isAnnotationPresent(Path.class) ? '/' + method.getAnnotation(Path.class).value() : "";
    }

    private static Set<String> parameters(Executable method) {
        Set<String> names = new TreeSet<>();
        for (java.lang.reflect.Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                names.addAll(parameters(parameter.getType().getConstructors()[0]));
            } else if (parameter.isAnnotationPresent(PathParam.class)) {
                names.add("path " + parameter.getAnnotation(PathParam.class).value());
            } else if (parameter.isAnnotationPresent(QueryParam.class)) {
                names.add("query " + parameter.getAnnotation(QueryParam.class).value());
            }
        }
        return names;
    }
}
