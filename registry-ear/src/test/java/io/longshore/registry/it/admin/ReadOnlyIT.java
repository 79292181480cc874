package io.longshore.registry.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On a server of its own: others could not push meanwhile. */
class ReadOnlyIT {

    @Test
    void pushesAreRefusedWithAMessageWhileTheRegistryIsReadOnly() {
        try (RegistryServer server = RegistryServer.start(Map.of("REGISTRY_AUTH_USERS_ENABLED", "true"))) {
            Api admin = new Api(server, "admin", AdminServer.initialPassword(server));
            assertThat(admin.get("/readonly").expect(200).text()).isEqualTo("{\"enabled\":false,\"message\":\"\"}");
            admin.request("POST", "/v2/a/blobs/uploads/").send().expect(202);

            String mode = "{\"enabled\":true,\"message\":\"back at noon\"}";
            assertThat(admin.put("/readonly", mode).expect(200).text()).isEqualTo(mode);

            Reply refused = admin.request("POST", "/v2/a/blobs/uploads/").send();
            refused.expectError(405, "UNSUPPORTED");
            assertThat(refused.text()).contains("back at noon");
            admin.get("/v2/_catalog").expect(200);
            Api.problem(admin.put("/readonly", "{}"), 400);
            Api.problem(admin.put("/readonly", "{\"enabled\": \"false\"}"), 400);
            Api.problem(admin.put("/readonly", "{\"enabled\": true, \"message\": \"" + "x".repeat(1001) + "\"}"), 400);
            assertThat(admin.get("/readonly").text()).isEqualTo(mode);

            admin.put("/readonly", "{\"enabled\": false}").expect(200);
            admin.request("POST", "/v2/a/blobs/uploads/").send().expect(202);
        }
    }
}
