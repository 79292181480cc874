package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.protocol.ApiDescription.Failure;
import io.longshore.registry.it.protocol.ApiDescription.Operation;
import io.longshore.registry.it.protocol.ApiPage.Section;
import io.longshore.registry.model.ErrorCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/api.md} and {@code docs/openapi.yaml} say the same. */
class ApiDocumentsTest {
    private final List<Operation> described = ApiDescription.file().operations();
    private final ApiPage page;
    private final Map<String, Section> routes;

    ApiDocumentsTest() throws IOException {
        page = ApiPage.read();
        routes = page.routes();
    }

    private <T> Map<String, T> inDocument(Function<Operation, T> part) {
        return described.stream().collect(Collectors.toMap(Operation::name, part, (a, b) -> a, TreeMap::new));
    }

    private <T> Map<String, T> inPage(Function<Section, T> part) {
        Map<String, T> found = new TreeMap<>();
        routes.forEach((route, section) -> found.put(route, part.apply(section)));
        return found;
    }

    @Test
    void theyHaveTheSameParameters() {
        assertThat(inPage(Section::parameters)).isEqualTo(inDocument(Operation::parameters));
    }

    @Test
    void theyHaveTheSameStatuses() {
        assertThat(inPage(Section::statuses)).isEqualTo(inDocument(operation -> operation.replies().keySet()));
    }

    @Test
    void theyHaveTheSameFailures() {
        assertThat(inPage(Section::codes)).isEqualTo(inDocument(ApiDocumentsTest::failures));
        assertThat(page.failures().codes()).isEqualTo(ApiDescription.file().commonFailures());
    }

    private static Set<Failure> failures(Operation operation) {
        Set<Failure> failures = new TreeSet<>();
        operation.replies().values().forEach(reply -> failures.addAll(reply.failures()));
        return failures;
    }

    @Test
    void everyErrorCodeThatIsAnsweredStandsInTheTables() {
        Set<String> listed = new TreeSet<>();
        page.failures().codes().forEach(failure -> listed.add(failure.code()));
        routes.values().forEach(section -> section.codes().forEach(failure -> listed.add(failure.code())));

        assertThat(Stream.of(ErrorCode.values()).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(listed);
    }

    @Test
    void theyHaveTheSameHeadersOfReplies() {
        assertThat(page.replyHeaders()).isEqualTo(ApiDescription.file().replyHeaders());
    }

    @Test
    void everyRouteHasAnExampleOfItsOwn() {
        routes.forEach((route, section) -> assertThat(section.examples())
                .as("examples of %s", route)
                .isNotEmpty()
                .allSatisfy(example -> assertThat(ApiDescription.file().operation(example.method(), example.path()))
                        .as(example.request())
                        .hasValueSatisfying(operation -> assertThat(operation.name()).isEqualTo(route))));
    }

    @Test
    void everyHeaderOfRepliesStandsInAnExample() {
        Set<String> shown = new TreeSet<>();
        page.examples().forEach(example -> page.replyHeaders().stream().filter(example::shows).forEach(shown::add));

        // These stand on failures whose requests are not worth an example, or need another registry.
        Set<String> elsewhere = Set.of("Allow", "OCI-Namespace", "Retry-After", "WWW-Authenticate", "Warning");
        assertThat(shown).containsAll(page.replyHeaders().stream()
                .filter(name -> !elsewhere.contains(name))
                .toList());
    }
}
