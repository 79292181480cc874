package io.longshore.registry.it.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A registry that is read-only answers writes with 405, and goes on with the rest. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReadOnlyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static AccessServer server;
    private static Fixture fixture;

    @BeforeAll
    static void start() {
        server = AccessServer.start(Map.of());
        fixture = Fixture.existing(server, "private");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void theSwitchHoldsWithoutARestartAndSaysWhy() {
        Reply before = server.as(Account.PUSHER).post(fixture.keeper().uploads()).send().expect(202);

        turn(true, "moving to a new disk until noon");
        await().atMost(PATIENCE).until(() -> begun() == 405);

        refusesWrites("moving to a new disk until noon");
        server.as(Account.PUSHER).get(before.header("Location")).send().expect(204);

        turn(false, "");
        await().atMost(PATIENCE).until(() -> begun() == 202);
    }

    @Test
    @Order(2)
    void theSettingHoldsWhateverTheSwitchSays() {
        server.restart(Map.of("REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED", "true"));

        refusesWrites("the registry is read-only at present");
    }

    private static int begun() {
        return server.as(Account.PUSHER).post(fixture.keeper().uploads()).send().status();
    }

    private static void turn(boolean on, String message) {
        server.execute("update read_only_mode set enabled = " + on + ", message = '" + message + '\'');
    }

    private static void refusesWrites(String message) {
        Http root = server.as(Account.ROOT);
        for (Operation operation : Operation.all()) {
            Reply reply = operation.request(root, existing(), Role.NOBODY).send();
            boolean reads = List.of("GET", "HEAD").contains(operation.method());
            if (reads && operation.need() != Need.PUSH) {
                reply.expect(200);
            } else if (!reads) {
                reply.expectError(405, "UNSUPPORTED");
                assertThat(reply.header("Allow")).isEqualTo("GET, HEAD");
                assertThat(reply.json().path("errors").path(0).path("message").textValue()).isEqualTo(message);
            }
        }
        // Who may not write anyway learns nothing of it.
        server.http().post(fixture.keeper().uploads()).send().expectError(401, "UNAUTHORIZED");
        server.as(Account.PULLER).post(fixture.keeper().uploads()).send().expectError(403, "DENIED");
    }

    /** What requests take away cannot be made anew now: they name what was never there. */
    private static Fixture existing() {
        return new Fixture(
                server, fixture.keeper(), false, fixture.source(), fixture.image(), fixture.blob());
    }
}
