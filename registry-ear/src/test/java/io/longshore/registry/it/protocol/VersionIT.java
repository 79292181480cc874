package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RegistryExtension.class)
@Tag("end-1")
class VersionIT {
    private final Http http = Http.target();

    @Test
    void saysThatItIsARegistry() {
        Reply reply = http.get("/v2/").send().expect(200);

        assertThat(reply.text()).isEqualTo("{}");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
    }

    @Test
    void saysSoWithoutTheSlashToo() {
        assertThat(http.get("/v2").send().expect(200).text()).isEqualTo("{}");
    }

    @Test
    void answersHeadAsGetButForTheBody() {
        Reply reply = http.head("/v2/").send().expect(200);

        assertThat(reply.contentLength()).isEqualTo(2);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void acceptsTheNamespaceThatClientsOfMirrorsSend() {
        http.get("/v2/?ns=registry.example.org").send().expect(200);
    }

    @Test
    void tellsNothingOfTheServerBeneath() {
        Reply reply = http.get("/v2/").send();

        assertThat(reply.headers()).doesNotContainKeys("Server", "X-Powered-By", "Set-Cookie");
    }
}
