package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests on which servers are known to fail before an application sees them. */
@ExtendWith(RegistryExtension.class)
class MalformedRequestIT {
    private final Http http = Http.target();

    @ParameterizedTest
    @ValueSource(strings = {"*", "v2/", "a", "a/b?c", "registry.example:80"})
    void refusesWhatIsNoAddress(String target) throws Exception {
        for (String method : new String[] {"GET", "PUT", "OPTIONS", "DELETE"}) {
            try (RawConnection connection = http.connect()) {
                connection.sendHead(method + " " + target + " HTTP/1.1", "Host: x");

                assertThat(connection.read(method).status()).isEqualTo(400);
            }
        }
    }

    /** The registry has no use for cookies, and looks into none. */
    @ParameterizedTest
    @ValueSource(strings = {"", "=", "a=\u0008", "a=\u0001; b", ";;;", "$Version=1; a=\"", "\u00e9=\u00ff"})
    void takesNoHeedOfCookies(String cookie) throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.sendHead("GET /v2/ HTTP/1.1", "Host: x", "Cookie: " + cookie);

            assertThat(connection.read("GET").expect(200).values("Set-Cookie")).isEmpty();
        }
    }
}
