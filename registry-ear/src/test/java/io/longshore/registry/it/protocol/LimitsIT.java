package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long addresses and headers may be unless configured otherwise, and what is said beyond that. */
@ExtendWith(RegistryExtension.class)
class LimitsIT {
    private static final int LONGEST_ADDRESS = 8 << 10;
    private static final int LONGEST_HEADERS = 32 << 10;

    private final Http http = Http.target();

    @Test
    @Tag("code-8")
    void refusesAnAddressOfOneCharacterTooMany() {
        String address = "/v2/_catalog?last=";

        http.get(address + "x".repeat(LONGEST_ADDRESS - address.length() + 1)).send().expect(200);
        http.get(address + "x".repeat(LONGEST_ADDRESS - address.length() + 2)).send().expectError(414, "NAME_INVALID");
    }

    @Test
    @Tag("code-8")
    void refusesAPathOfOneCharacterTooMany() {
        String path = "/v2/x/manifests/";

        http.get(path + "x".repeat(LONGEST_ADDRESS - path.length())).send().expectError(400, "TAG_INVALID");
        http.get(path + "x".repeat(LONGEST_ADDRESS - path.length() + 1)).send().expectError(414, "NAME_INVALID");
    }

    /** From some length on the server does not even look for a servlet. */
    @ParameterizedTest
    @ValueSource(ints = {16_383, 16_384, 16_385, 30_000})
    @Tag("code-8")
    void refusesAPathOfAnyLengthInTheSameWay(int length) throws Exception {
        for (String unit : new String[] {"a", "/a", "%2F", ";a"}) {
            String path = "/v2/" + unit.repeat(length).substring(0, length - "/v2/".length());
            for (String query : new String[] {"", "?n=1"}) {
                try (RawConnection connection = http.connect()) {
                    connection.sendHead("GET " + path + query + " HTTP/1.1", "Host: x");

                    connection.read("GET").expectError(414, "NAME_INVALID");
                }
            }
        }
    }

    @Test
    void refusesALongPathElsewhereToo() throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.sendHead("GET " + "/a".repeat(10_000) + " HTTP/1.1", "Host: x");

            connection.read("GET").expect(414);
        }
    }

    @Test
    @Tag("code-13")
    void refusesHeadersThatAreTooLarge() throws Exception {
        assertThat(withHeaders(LONGEST_HEADERS).status()).isEqualTo(200);
        withHeaders(LONGEST_HEADERS + 1).expectError(431, "UNSUPPORTED");
    }

    /** The reply to a request whose names and values of headers have this many characters. */
    private Reply withHeaders(int size) throws Exception {
        String value = "a".repeat(size - "Host".length() - "x".length() - "X-A".length());
        try (RawConnection connection = http.connect()) {
            connection.sendHead("GET /v2/ HTTP/1.1", "Host: x", "X-A: " + value);
            return connection.read("GET");
        }
    }

    @Test
    void refusesManySmallHeadersThatAreTooLarge() throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.send("GET /v2/ HTTP/1.1\r\nHost: x\r\n");
            for (int i = 0; i < 900; i++) {
                connection.send("X-" + i + ": " + "a".repeat(50) + "\r\n");
            }
            connection.send("\r\n");

            connection.read("GET").expectError(431, "UNSUPPORTED");
        }
    }

    @Test
    void endsAConnectionWhoseHeadHasNoEndInSight() throws Exception {
        for (String start : new String[] {"GET /v2/", "GET /v2/ HTTP/1.1\r\nHost: x\r\nX-A: "}) {
            try (RawConnection connection = http.connect()) {
                connection.sendUntilRefused(start, 3 << 20);

                Reply reply = connection.read("GET").expect(400);
                assertThat(reply.body()).isEmpty();
                assertThat(connection.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void takesAVeryLongQueryOfAnUploadForWhatItIs() {
        Repository repository = Repository.fresh(http, "limits");
        byte[] blob = TestContent.bytes(10);
        String state = "&state=" + "s".repeat(4000);

        http.put(repository.startUpload() + "?digest=" + TestContent.sha256(blob) + state)
                .body(blob)
                .send()
                .expect(201);
    }
}
