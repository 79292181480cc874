package io.longshore.registry.it.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.protocol.RawConnection;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who somebody is belongs to one request: neither the next on the connection nor one in a body has anything of it. */
@ExtendWith(NoSecretsInLogs.class)
class SmugglingIT {
    private static AccessServer server;
    private static Fixture hidden;

    @BeforeAll
    static void start() {
        server = AccessServer.shared();
        hidden = Fixture.existing(server, "private");
    }

    private static String anonymous() {
        return "GET " + hidden.keeper().manifest("v1") + " HTTP/1.1\r\nHost: x\r\n";
    }

    private static String authorized() {
        return "Authorization: " + Account.KEEPER.basic() + "\r\n";
    }

    @Test
    void theNextRequestOnAConnectionIsAsAnonymousAsItSays() throws IOException {
        String token = "Authorization: "
                + Shown.bearer(server.token(Account.KEEPER, "repository:" + hidden.name() + ":pull")) + "\r\n";
        for (String header : new String[] {authorized(), token}) {
            try (RawConnection connection = server.http().connect()) {
                for (int i = 0; i < 5; i++) {
                    connection.send(anonymous() + header + "\r\n" + anonymous() + "\r\n");
                    assertThat(connection.read("GET").expect(200).body()).isEqualTo(hidden.image().bytes());
                    connection.read("GET").expectError(401, "UNAUTHORIZED");
                }
            }
        }
    }

    @Test
    void aRefusedLoginLeavesNothingToTheNextRequest() throws IOException {
        try (RawConnection connection = server.http().connect()) {
            connection.send(anonymous() + "Authorization: " + Shown.basic("keeper", "the wrong password") + "\r\n\r\n");
            connection.read("GET").expectError(401, "UNAUTHORIZED");
            connection.send(anonymous() + authorized() + "\r\n");
            connection.read("GET").expect(200);
            connection.send(anonymous() + "\r\n");
            connection.read("GET").expectError(401, "UNAUTHORIZED");
        }
    }

    /**
     * Heads that proxies and servers have read differently. {@code %d} stands for the length of what follows the head:
     * the end of a chunked body, and behind it a request for something private.
     */
    @ParameterizedTest
    @ValueSource(strings = {
        "Content-Length: %d\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: %d",
        "Content-Length: 5\r\nContent-Length: %d",
        "Content-Length: %d\r\nContent-Length: 5",
        "Content-Length: 5, %d",
        "Content-Length: +%d",
        "Content-Length: -1",
        "Content-Length: 0x5",
        "Content-Length : %d",
        "Content-Length: %d\r\n Transfer-Encoding: chunked",
        "Transfer-Encoding: xchunked\r\nContent-Length: %d",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity, chunked",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding:\tchunked",
        "Transfer-Encoding:\u000bchunked",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding\r\n : chunked",
        "X: y\nTransfer-Encoding: chunked",
        "Content_Length: %d",
        "Connection: Content-Length\r\nContent-Length: %d",
        "Connection: Authorization\r\nContent-Length: %d",
        "Expect: 100-continue\r\nContent-Length: %d",
        "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAoAAA\r\nContent-Length: %d"
    })
    void aRequestInsideABodyNeverGetsItsSendersRights(String framing) throws IOException {
        String inner = "0\r\n\r\n" + anonymous() + "\r\n";
        for (String target : new String[] {
            "GET /v2/", "POST " + hidden.keeper().uploads(), "PUT /v2/private/x/manifests/1"
        }) {
            String outer = target + " HTTP/1.1\r\nHost: x\r\n" + authorized() + framing.formatted(inner.length());

            assertThat(answers(outer + "\r\n\r\n" + inner)).doesNotContain("schemaVersion");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0;a=b", "0 ", " 0", "00000000000000000", "0x0", "-0", "0;\n", "10000000000000000", "0\t", "+0", ""
    })
    void aStrangeChunkEndsNoBodyEarlyForAnother(String size) throws IOException {
        String outer = "POST " + hidden.keeper().uploads() + " HTTP/1.1\r\nHost: x\r\n" + authorized()
                + "Transfer-Encoding: chunked\r\n\r\n";

        assertThat(answers(outer + size + "\r\n\r\n" + anonymous() + "\r\n")).doesNotContain("schemaVersion");
        assertThat(answers(outer + "1;ext=\"\r\n" + anonymous() + "\"\r\nx\r\n0\r\n\r\n"))
                .doesNotContain("schemaVersion");
        assertThat(answers(outer + "0\r\n" + authorized() + "\r\n" + anonymous() + "\r\n"))
                .doesNotContain("schemaVersion");
    }

    /** All that comes back, with one more request behind what was sent. */
    private static String answers(String sent) throws IOException {
        try (RawConnection connection = server.http().connect()) {
            try {
                connection.send(sent);
                connection.send(anonymous() + "Connection: close\r\n\r\n").endOutput();
            } catch (SocketException closed) {
                // The server has had enough; what it said can still be read.
            }
            String answers = connection.readAll();
            assertThat(answers).matches("(?s)(HTTP/1\\.1 .*)?");
            return answers;
        }
    }
}
