package io.longshore.registry.it.protocol;

import io.longshore.registry.it.protocol.ApiDescription.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page {@code docs/api.md}, as far as it can be held against something. A route is a heading of the third level,
 * and its tables have one row for each parameter and each status; examples are blocks of the language {@code http}.
 */
final class ApiPage {
    static final Path FILE = Path.of("../docs/api.md");

    private static final Pattern ROUTE = Pattern.compile("### `([A-Z]+ /[^`]*)`");
    private static final Pattern STATUS = Pattern.compile("\\| (\\d{3}) \\| (?:`([A-Z_]+)` )?\\| .+ \\|");
    private static final Pattern PARAMETER = Pattern.compile("\\| `([^`]+)` \\| (?:query|header) \\| .+ \\|");
    private static final Pattern HEADER = Pattern.compile("\\| `([^`]+)` \\| .+ \\|");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^```http\n(.*?)\n```$", Pattern.DOTALL);

    private final String text;

    /**
     * What a section says.
     *
     * @param codes failures, by status and code
     */
    record Section(Set<String> parameters, Set<Integer> statuses, Set<Failure> codes, List<Example> examples) {}

    private ApiPage(String text) {
        this.text = text;
    }

    static ApiPage read() throws IOException {
        return new ApiPage(Files.readString(FILE));
    }

    /** The sections about routes, by method and path. */
    Map<String, Section> routes() {
        Map<String, Section> routes = new LinkedHashMap<>();
        for (String part : text.split("(?m)^(?=#{2,3} )")) {
            Matcher heading = ROUTE.matcher(part);
            if (heading.lookingAt()) {
                routes.put(heading.group(1), section(part));
            }
        }
        return routes;
    }

    /** The section about what can happen to every request. */
    Section failures() {
        return section(part("## Failures"));
    }

    /** Names of all headers of replies. */
    Set<String> replyHeaders() {
        return matches(HEADER, part("### Headers of replies"));
    }

    /** All examples, in their order. */
    List<Example> examples() {
        return examples(text);
    }

    /** The page with other replies in its examples, one for each. */
    String withReplies(List<String> replies) {
        StringBuilder page = new StringBuilder();
        Matcher matcher = EXAMPLE.matcher(text);
        for (String reply : replies) {
            matcher.find();
            String block = "```http\n" + Example.parse(matcher.group(1)).request() + "\n\n" + reply + "\n```";
            matcher.appendReplacement(page, Matcher.quoteReplacement(block));
        }
        return matcher.appendTail(page).toString();
    }

    private String part(String heading) {
        for (String part : text.split("(?m)^(?=#{2,3} )")) {
            if (part.startsWith(heading + '\n')) {
                return part;
            }
        }
        throw new AssertionError("no section " + heading);
    }

    private static Section section(String part) {
        Set<Integer> statuses = new TreeSet<>();
        Set<Failure> codes = new TreeSet<>();
        for (String line : part.split("\n")) {
            Matcher row = STATUS.matcher(line);
            if (row.matches()) {
                int status = Integer.parseInt(row.group(1));
                statuses.add(status);
                if (row.group(2) != null) {
                    codes.add(new Failure(status, row.group(2)));
                }
            }
        }
        return new Section(matches(PARAMETER, part), statuses, codes, examples(part));
    }

    private static Set<String> matches(Pattern pattern, String part) {
        Set<String> found = new TreeSet<>();
        for (String line : part.split("\n")) {
            Matcher row = pattern.matcher(line);
            if (row.matches()) {
                found.add(row.group(1));
            }
        }
        return found;
    }

    private static List<Example> examples(String part) {
        List<Example> examples = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(part);
        while (matcher.find()) {
            examples.add(Example.parse(matcher.group(1)));
        }
        return examples;
    }
}
