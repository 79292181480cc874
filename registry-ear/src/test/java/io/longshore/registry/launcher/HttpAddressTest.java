package io.longshore.registry.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:5000, http://localhost:5000/v2/",
        ":5000, http://localhost:5000/v2/",
        "0.0.0.0:80, http://localhost:80/v2/",
        "[::]:5000, http://localhost:5000/v2/",
        "[::1]:5000, http://[::1]:5000/v2/",
        "192.0.2.7:5000, http://192.0.2.7:5000/v2/",
        "registry.test:443, http://registry.test:443/v2/",
    })
    void namesAnAddressThatThisMachineReaches(String configured, String reachable) {
        assertThat(HttpAddress.of(HostPort.parse(configured)).reachable(false, "/v2/")).hasToString(reachable);
    }

    @Test
    void namesItByTheSchemeThatIsSpokenThere() {
        assertThat(new HttpAddress("127.0.0.1", 5000).reachable(true, "/v2/"))
                .hasToString("https://localhost:5000/v2/");
    }

    @Test
    void settlesOnAFreePortWhereAnyWillDo() {
        HttpAddress claimed = new HttpAddress("127.0.0.1", 0).claim();

        assertThat(claimed.host()).isEqualTo("127.0.0.1");
        assertThat(claimed.port()).isPositive();
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            HttpAddress address = new HttpAddress("127.0.0.1", other.getLocalPort());

            assertThatThrownBy(address::claim).isInstanceOf(StartException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + other.getLocalPort())
                    .hasMessageContaining("in use")
                    .hasMessageContaining("REGISTRY_HTTP_ADDR");
        }
    }
}
