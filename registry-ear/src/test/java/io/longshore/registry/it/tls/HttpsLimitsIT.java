package io.longshore.registry.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.RawConnection;
import io.longshore.registry.it.protocol.Request;
import java.io.UncheckedIOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for HTTP holds for HTTPS. */
class HttpsLimitsIT {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final SSLContext TRUSTING = TestIdentity.trusting(AUTHORITY.certificate());
    private static final int LONGEST_ADDRESS = 8 << 10;
    private static final int LONGEST_HEADERS = 32 << 10;
    /** More than the server itself lets through. */
    private static final int BEYOND_ALL = 80 << 10;

    @TempDir
    private static Path files;

    private static RegistryServer server;

    @BeforeAll
    static void start() {
        AUTHORITY.issue("registry").writeTo(files);
        Map<String, String> environment = new HashMap<>(TestIdentity.environment(files));
        environment.put("REGISTRY_HTTP_IDLETIMEOUT", "2s");
        server = RegistryServer.start(environment);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Http http(Version version) {
        return Http.secure(server.uri(), TRUSTING, version);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void refusesLongAddresses(Version version) {
        // With more than 10,000 semicolons, the server itself refuses it in HTTP/2.
        for (int length : new int[] {LONGEST_ADDRESS + 1, 16_384, 16_385, 19_000}) {
            for (String unit : new String[] {"a", "a/", "%61", ";a"}) {
                // No sign may be cut in two.
                String path = "/v2/" + unit.repeat(length / unit.length()) + "aaaa";
                http(version).get(path).send().expectError(414, "NAME_INVALID");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void refusesLongHeaders(Version version) {
        withHeader(version, LONGEST_HEADERS / 2).send().expect(200);
        withHeader(version, LONGEST_HEADERS).send().expectError(431, "UNSUPPORTED");
    }

    private static Request withHeader(Version version, int length) {
        return http(version).get("/v2/").header("X-A", "a".repeat(length));
    }

    @Test
    void endsAConnectionWhoseHeadersHaveNoEndInSight() throws Exception {
        try (RawConnection connection = http(Version.HTTP_1_1).connect()) {
            connection.sendHead("GET /v2/ HTTP/1.1", "Host: x", "X-A: " + "a".repeat(BEYOND_ALL));
            connection.read("GET").expect(400);
        }
        assertThatThrownBy(() -> withHeader(Version.HTTP_2, BEYOND_ALL).send())
                .isInstanceOf(UncheckedIOException.class);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void seesAddressesAsTheyWereSent(Version version) {
        http(version).get("/v2/a%2Fb/tags/list").send().expectError(404, "NAME_UNKNOWN");
        http(version).get("/v2/a/../b/tags/list").send().expectError(400, "NAME_INVALID");
        http(version).get("/v2/a;b=c/tags/list").send().expectError(400, "NAME_INVALID");
        http(version).get("/v2/a%00/tags/list").send().expect(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT localhost:80 HTTP/1.1", "CONNECT / HTTP/1.1"})
    void doesNotConnectElsewhere(String request) throws Exception {
        try (RawConnection connection = http(Version.HTTP_1_1).connect()) {
            connection.sendHead(request, "Host: x");

            connection.read("CONNECT").expect(405);
        }
    }

    @Test
    void answersWhatIsNoPath() throws Exception {
        try (RawConnection connection = http(Version.HTTP_1_1).connect()) {
            connection.sendHead("OPTIONS * HTTP/1.1", "Host: x");

            connection.read("OPTIONS").expect(400);
        }
    }

    @Test
    void endsAConnectionOnWhichNothingIsAsked() throws Exception {
        try (RawConnection connection = http(Version.HTTP_1_1).connect()) {
            assertThat(connection.isClosedByServer()).isTrue();
        }
        try (RawConnection connection = http(Version.HTTP_1_1).connect()) {
            connection.sendHead("GET /v2/ HTTP/1.1", "Host: x");
            connection.read("GET").expect(200);

            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    /** Not even a handshake. */
    @Test
    void endsAConnectionOnWhichNothingIsSaid() throws Exception {
        try (RawConnection connection = RawConnection.to(server.uri())) {
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }
}
