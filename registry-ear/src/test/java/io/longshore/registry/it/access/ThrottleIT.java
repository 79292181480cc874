package io.longshore.registry.it.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.it.protocol.RawConnection;
import io.longshore.registry.it.protocol.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Guessing passwords is slow, for whoever guesses and nobody else. Each test has accounts and addresses of its own. */
class ThrottleIT {
    private static final int AFTER = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Another address of this machine, from which the word of a proxy is believed. */
    private static final String PROXY = "127.0.0.2";
    private static final String WRONG = "the wrong password";

    private static AccessServer server;

    @BeforeAll
    static void start() {
        server = AccessServer.start(Map.of(
                "REGISTRY_AUTH_THROTTLE_AFTER", "" + AFTER,
                "REGISTRY_AUTH_THROTTLE_LONGEST", "5m",
                "REGISTRY_AUTH_CACHE_TTL", "10m",
                "REGISTRY_HTTP_TRUSTEDPROXIES", "[\"" + PROXY + "\"]"));
    }

    @AfterAll
    static void stop() {
        try {
            NoSecretsInLogs.check(server);
        } finally {
            server.close();
        }
    }

    /** A login from that address, by the trusted proxy. */
    private static Reply login(String client, Account account, String password) throws IOException {
        try (RawConnection connection = RawConnection.from(PROXY, server.http().registry())) {
            connection.sendHead(
                    "GET /v2/ HTTP/1.1", "Host: x", "X-Forwarded-For: " + client,
                    "Authorization: " + Shown.basic(account.user(), password));
            return connection.read("GET");
        }
    }

    private static Reply login(String client, Account account) throws IOException {
        return login(client, account, account.password());
    }

    /** Fails until the answer is that the account has to wait. */
    private static void failUntilThrottled(String client, Account account) {
        await().atMost(PATIENCE).until(() -> login(client, account, WRONG).status() == 429);
    }

    @Test
    void whoSaysToComeFromElsewhereHasToWaitAsWell() {
        int failures = 0;
        Reply reply = spoofed(failures);
        while (reply.status() == 401) {
            failures++;
            reply = spoofed(failures);
        }

        reply.expectError(429, "TOOMANYREQUESTS");
        assertThat(failures).isGreaterThanOrEqualTo(AFTER);
        assertThat(Integer.parseInt(reply.header("Retry-After"))).isBetween(1, 300);
        assertThat(reply.values("WWW-Authenticate")).isEmpty();
        assertThat(server.query("select address from audit_event where act = 'login.failure' and reference = 'puller'"))
                .as("addresses in the audit, one for each failure")
                .hasSize(failures)
                .containsOnly("127.0.0.1");
    }

    private static Reply spoofed(int number) {
        String address = "192.0.2." + number % 250;
        return server.http()
                .authorized(Shown.basic("puller", WRONG))
                .get("/v2/")
                .header("X-Forwarded-For", address)
                .header("Forwarded", "for=" + address)
                .header("X-Real-IP", address)
                .header("X-Client-IP", address)
                .send();
    }

    @Test
    void neitherOtherAccountsNorOtherAddressesHaveToWait() throws IOException {
        login("203.0.113.1", Account.DELETER).expect(200);
        failUntilThrottled("203.0.113.1", Account.STRANGER);
        failUntilThrottled("203.0.113.1", Account.DELETER);

        login("203.0.113.1", Account.PUSHER).expect(200);
        login("203.0.113.2", Account.STRANGER).expect(200);
        login("203.0.113.1", Account.DELETER).expect(200);
        server.http().get("/v2/").send().expectError(401, "UNAUTHORIZED");
        assertThat(server.query("select distinct address from audit_event where reference = 'stranger'"))
                .containsExactly("203.0.113.1");
    }

    /**
     * Not even the right one is looked at meanwhile, although it is remembered for another address: who guesses must
     * not see when they have it.
     */
    @Test
    void theRightPasswordIsRefusedDuringTheWaitAndAcceptedAfterIt() throws IOException {
        login("203.0.113.5", Account.KEEPER).expect(200);
        // Long enough for the next request to come in time on a slow machine.
        await().atMost(PATIENCE).until(() -> login("203.0.113.3", Account.KEEPER, WRONG)
                .optionalHeader("Retry-After")
                .filter(seconds -> Integer.parseInt(seconds) >= 4)
                .isPresent());

        login("203.0.113.3", Account.KEEPER).expectError(429, "TOOMANYREQUESTS");

        await().atMost(PATIENCE).until(() -> login("203.0.113.3", Account.KEEPER).status() == 200);
    }

    @Test
    void theTokenServiceIsNoWayAroundTheWait() {
        failUntilThrottled("203.0.113.4", Account.ROOT);
        String form = "grant_type=password&username=root&password=" + Shown.secret("another-wrong-password");

        await().atMost(PATIENCE).until(() -> {
            try (RawConnection connection = RawConnection.from(PROXY, server.http().registry())) {
                connection.sendHead(
                        "POST /auth/token HTTP/1.1", "Host: x", "X-Forwarded-For: 203.0.113.4",
                        "Content-Type: application/x-www-form-urlencoded", "Content-Length: " + form.length());
                Reply reply = connection.send(form).read("POST");
                return reply.status() == 429
                        && reply.json().path("error").textValue().equals("temporarily_unavailable")
                        && Integer.parseInt(reply.header("Retry-After")) > 0;
            }
        });
    }
}
