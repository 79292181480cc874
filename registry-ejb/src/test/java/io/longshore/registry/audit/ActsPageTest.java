package io.longshore.registry.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the list of acts in the data model against those that the sources record. */
class ActsPageTest {
    private static final Pattern RECORDS = Pattern.compile("\\bAudit(Event|Clause)\\b");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z]+(?:\\.[a-z]+)+)\"");
    private static final Pattern NAMED = Pattern.compile("`([a-z]+(?:\\.[a-z]+)+)`");

    @Test
    void namesEveryActAndNoOther() throws IOException {
        Set<String> recorded = new TreeSet<>();
        for (String module : new String[] {"registry-ejb", "registry-web"}) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
                    String source = Files.readString(file);
                    if (RECORDS.matcher(source).find()) {
                        recorded.addAll(all(LITERAL, source));
                    }
                }
            }
        }

        assertThat(named()).isEqualTo(recorded).contains("manifest.push", "login.failure");
    }

    private static Set<String> named() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "data-model.md"));
        int start = page.indexOf("\n#### Acts\n");
        assertThat(start).isNotNegative();
        return page.substring(start, page.indexOf("\n### ", start)).lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split(" \\| ")[0])
                .flatMap(cell -> all(NAMED, cell).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).collect(Collectors.toSet());
    }
}
