package io.longshore.registry.it.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.protocol.ApiDescription;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every {@linkplain Operation operation}, by every {@linkplain Role role}, in a public and in a private repository,
 * which is there or is not, gets what the {@linkplain AccessMatrix matrix} says.
 */
@ExtendWith(NoSecretsInLogs.class)
class AccessMatrixIT {
    private static final String BASIC = "Basic realm=\"Longshore\", charset=\"UTF-8\"";
    private static final Map<String, Fixture> EXISTING = new HashMap<>();

    private static AccessServer server;

    @BeforeAll
    static void start() {
        server = AccessServer.shared();
        for (String folder : List.of("public", "private")) {
            EXISTING.put(folder, Fixture.existing(server, folder));
        }
    }

    static Stream<Arguments> cells() {
        return Operation.all().stream().flatMap(operation ->
                Stream.of(Role.values()).flatMap(role -> Stream.of("public", "private").flatMap(folder ->
                        Stream.of("existing", "unknown").map(there ->
                                Arguments.of(role, operation, folder, there)))));
    }

    @ParameterizedTest(name = "{0}: {1} in a {2} repository, {3}")
    @MethodSource("cells")
    void answersAsTheMatrixSays(Role role, Operation operation, String folder, String there) {
        Fixture fixture =
                there.equals("existing") ? EXISTING.get(folder) : EXISTING.get(folder).missing(folder);
        Need need = operation.need();
        Outcome outcome = AccessMatrix.of(role, folder, need);
        Http http = role.authorization(server, need, fixture.name())
                .map(value -> server.http().authorized(value))
                .orElseGet(server::http);

        Reply reply = operation.request(http, fixture, role).send();

        if (outcome == Outcome.YES) {
            expect(reply, operation, fixture.exists() ? operation.there() : operation.missing());
            assertThat(reply.values("WWW-Authenticate")).isEmpty();
        } else {
            expect(reply, operation, outcome.status() + " " + outcome.code());
            assertThat(reply.values("WWW-Authenticate")).isEqualTo(challenges(outcome, need, fixture.name()));
        }
    }

    private static void expect(Reply reply, Operation operation, String answer) {
        List<String> words = List.of(answer.split(" "));
        int status = Integer.parseInt(words.get(0));
        reply.expect(status);
        if (operation.method().equals("HEAD")) {
            assertThat(reply.body()).isEmpty();
        } else if (status >= 400) {
            reply.expectError(status, words.subList(1, words.size()).toArray(String[]::new));
        }
    }

    private static List<String> challenges(Outcome outcome, Need need, String repository) {
        if (outcome == Outcome.NO) {
            return List.of();
        }
        return List.of(need == Need.TOKEN || need == Need.KEYS
                ? BASIC
                : server.challenge(outcome.saysScope() ? need.challengedScope(repository) : "", outcome.error()));
    }

    @Test
    void hasEveryOperationOfTheDescription() {
        Set<String> described = ApiDescription.file().operations().stream()
                .map(ApiDescription.Operation::name)
                .collect(Collectors.toSet());

        assertThat(Operation.all().stream().map(Operation::described)).containsAll(described);
    }

    @Test
    void leavesTheRepositoriesAsTheyWere() {
        EXISTING.values().forEach(fixture -> {
            Http root = server.as(Account.ROOT);
            assertThat(root.get(fixture.keeper().manifest("v1")).send().expect(200).body())
                    .isEqualTo(fixture.image().bytes());
            assertThat(root.get(fixture.keeper().blob(fixture.blobDigest())).send().expect(200).body())
                    .isEqualTo(fixture.blob());
        });
    }
}
