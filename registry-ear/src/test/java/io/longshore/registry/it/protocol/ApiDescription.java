package io.longshore.registry.it.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What {@code docs/openapi.yaml} says of requests and replies. Immutable. */
public final class ApiDescription {
    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");
    private static final Pattern CODE = Pattern.compile("`([A-Z_]+)`");
    private static final Pattern COMMON_FAILURE = Pattern.compile("(\\d{3}) (`[A-Z_]+`(?: or `[A-Z_]+`)*)");
    private static final ApiDescription FILE = new ApiDescription(Path.of("../docs/openapi.yaml"));

    private final Map<?, ?> root;
    private final List<Operation> operations = new ArrayList<>();

    /**
     * A failure as a client sees it.
     *
     * @param code of the error body
     */
    public record Failure(int status, String code) implements Comparable<Failure> {
        @Override
        public int compareTo(Failure other) {
            return toString().compareTo(other.toString());
        }
    }

    /**
     * A reply that is described.
     *
     * @param headers by name, and whether they are always there
     * @param types media types of the body, such as {@code application/*}; none if there is no body
     * @param failures none if it is a success
     */
    public record Described(Map<String, Boolean> headers, Set<String> types, Set<Failure> failures) {}

    /**
     * A method of a path.
     *
     * @param name method and path as they stand in the document
     * @param parameters names of those in the query and in headers
     * @param replies by status; without what can happen to every request
     */
    public record Operation(
            String name, Pattern path, Set<String> parameters, Map<Integer, Described> replies) {}

    private ApiDescription(Path file) {
        try {
            root = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        map(root.get("paths")).forEach((path, item) -> {
            for (String method : METHODS) {
                if (map(item).containsKey(method)) {
                    operations.add(operation(method, (String) path, map(item)));
                }
            }
        });
    }

    /** The one of the distribution API. */
    public static ApiDescription file() {
        return FILE;
    }

    /** The one of the administration API. */
    public static ApiDescription ofAdministration() {
        return new ApiDescription(
                Path.of("../registry-web/src/main/resources/io/longshore/registry/web/admin/openapi.yaml"));
    }

    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** The operation that a request is for, by the path as it was sent; HEAD is for that of GET. */
    Optional<Operation> operation(String method, String path) {
        String described = method.equals("HEAD") ? "GET" : method;
        // The longest template is the most specific one.
        return operations.stream()
                .filter(operation -> operation.name().startsWith(described + ' '))
                .filter(operation -> operation.path().matcher(path).matches())
                .max((one, other) -> Integer.compare(one.name().length(), other.name().length()));
    }

    /** What can happen to every request. */
    Set<Failure> commonFailures() {
        Set<Failure> failures = new TreeSet<>();
        Map<?, ?> common = map(map(map(root.get("components")).get("responses")).get("Failure"));
        Matcher matcher = COMMON_FAILURE.matcher((String) common.get("description"));
        while (matcher.find()) {
            failures.addAll(failures(Integer.parseInt(matcher.group(1)), matcher.group(2)));
        }
        return failures;
    }

    /** Names of all headers of replies. */
    Set<String> replyHeaders() {
        Set<String> names = new TreeSet<>();
        operations.forEach(operation ->
                operation.replies().values().forEach(reply -> names.addAll(reply.headers().keySet())));
        Map<?, ?> common = map(map(map(root.get("components")).get("responses")).get("Failure"));
        map(common.get("headers")).keySet().forEach(name -> names.add((String) name));
        return names;
    }

    private Operation operation(String method, String path, Map<?, ?> item) {
        Map<?, ?> operation = map(item.get(method));
        Set<String> parameters = new TreeSet<>();
        for (Object parameter : (List<?>) orElse(operation.get("parameters"), List.of())) {
            parameters.add((String) resolved(parameter).get("name"));
        }
        Map<Integer, Described> replies = new TreeMap<>();
        map(operation.get("responses")).forEach((status, reply) -> {
            if (!status.equals("default")) {
                replies.put(Integer.valueOf((String) status), described(Integer.parseInt((String) status), map(reply)));
            }
        });
        String name = method.toUpperCase(Locale.ROOT) + ' ' + path;
        return new Operation(name, pattern(path), parameters, replies);
    }

    private static Pattern pattern(String path) {
        String pattern = path.replace("{name}", ".+").replaceAll("\\{\\w+}", "[^/]+");
        return Pattern.compile(pattern.endsWith("/") ? pattern + '?' : pattern);
    }

    private Described described(int status, Map<?, ?> reply) {
        Map<?, ?> full = resolved(reply);
        Map<String, Boolean> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        map(orElse(full.get("headers"), Map.of())).forEach((name, header) ->
                headers.put((String) name, Boolean.TRUE.equals(resolved(header).get("required"))));
        Set<String> types = new TreeSet<>();
        map(orElse(full.get("content"), Map.of())).keySet().forEach(type -> types.add((String) type));
        // Beside a reference, a description stands in place of the one that is referred to.
        String description = (String) orElse(reply.get("description"), full.get("description"));
        return new Described(headers, types, status < 400 ? Set.of() : failures(status, description));
    }

    private static Set<Failure> failures(int status, String description) {
        Set<Failure> failures = new TreeSet<>();
        Matcher matcher = CODE.matcher(description);
        while (matcher.find()) {
            failures.add(new Failure(status, matcher.group(1)));
        }
        return failures;
    }

    /** The object itself, or what it refers to within the document. */
    private Map<?, ?> resolved(Object object) {
        Object reference = map(object).get("$ref");
        if (reference == null) {
            return map(object);
        }
        Object found = root;
        for (String step : ((String) reference).substring("#/".length()).split("/")) {
            found = map(found).get(step);
        }
        return map(found);
    }

    private static Object orElse(Object value, Object fallback) {
        return value == null ? fallback : value;
    }

    private static Map<?, ?> map(Object value) {
        return value == null ? new LinkedHashMap<>() : (Map<?, ?>) value;
    }
}
