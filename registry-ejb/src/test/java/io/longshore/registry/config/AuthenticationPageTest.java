package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the page on authentication against what can be configured. */
class AuthenticationPageTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern AUTH = Pattern.compile("(?m)^auth:");
    private static final Pattern SECTION = Pattern.compile("(?m)^  ([a-z]+):");

    /** What is for the registry, not for those that talk to it. Further issuers stand there without their section. */
    static Stream<String> examples() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "authentication.md"));
        return YAML.matcher(page).results()
                .map(example -> example.group(1))
                .map(yaml -> yaml.startsWith("    - ") ? "auth:\n  oidc:\n" + yaml : yaml)
                .filter(yaml -> AUTH.matcher(yaml).find())
                .toList()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itsExamplesAreConfigurationsWithoutFault(String yaml) {
        Given given = Given.file(yaml);

        assertThat(given.problems()).isEmpty();
        assertThat(given.warnings()).isEmpty();
        assertThat(given.config().auth().open()).as("open to everybody").isFalse();
    }

    @Test
    void showsEachWayToLogIn() throws IOException {
        List<String> shown = examples()
                .flatMap(yaml -> SECTION.matcher(yaml).results())
                .map(section -> section.group(1))
                .toList();

        assertThat(shown).contains("htpasswd", "users", "ldap", "certificate", "token", "oidc");
    }
}
