package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the reference page against the table of keys. */
class ConfigurationPageTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "configuration.md"));
    }

    private static List<String> rows(String heading) throws IOException {
        String page = page();
        int start = page.indexOf("\n## " + heading + "\n");
        assertThat(start).as("heading " + heading).isNotNegative();
        int end = page.indexOf("\n## ", start + 1);
        return page.substring(start, end < 0 ? page.length() : end).lines()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    private static List<String> expected(Effect effect) {
        return Keys.all().stream().filter(key -> key.effect() == effect).map(ConfigurationPageTest::row).toList();
    }

    private static String row(Key<?> key) {
        String standard = key.standardText().isEmpty() ? "" : "`" + key.standardText() + "`";
        return key.effect() == Effect.FULL
                ? "| `%s` | %s | %s | %s |".formatted(key.name(), key.type().form(), standard, key.description())
                : "| `%s` | %s |".formatted(key.name(), key.description());
    }

    @Test
    void showsEveryKeyAndNoOther() throws IOException {
        assertThat(String.join("\n", rows("Keys"))).isEqualTo(String.join("\n", expected(Effect.FULL)));
    }

    @Test
    void showsEveryKeyWithoutEffectAndNoOther() throws IOException {
        assertThat(String.join("\n", rows("Keys without effect")))
                .isEqualTo(String.join("\n", expected(Effect.NONE)));
    }

    @Test
    void showsEveryRefusedKeyAndNoOther() throws IOException {
        assertThat(String.join("\n", rows("Keys that are refused")))
                .isEqualTo(String.join("\n", expected(Effect.REFUSED)));
    }

    @Test
    void itsExampleIsAConfigurationWithoutFault() throws IOException {
        Matcher example = YAML.matcher(page());

        assertThat(example.find()).isTrue();
        assertThat(Given.file(example.group(1)).warnings()).isEmpty();
    }

    @Test
    void itsMessagesAreThoseOfTheLoader() throws IOException {
        List<String> problems = Given.file("version: 0.1\nhttp:\n  adress: :8080\nhealth: {}\n")
                .variable("REGISTRY_STORAGE_DELETE_ENABLED", "yes")
                .problems();

        assertThat(page()).contains("```\n" + String.join("\n", problems) + "\n```");
    }
}
