package io.longshore.registry.it.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.protocol.TestManifest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What single settings make of a registry with a file of users and no rules. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OneSettingIT {
    private static AccessServer server;

    @BeforeAll
    static void start() {
        server = AccessServer.start(Map.of(
                "REGISTRY_AUTH_ANONYMOUS", "pull",
                "REGISTRY_AUTH_AUTHENTICATED", "[pull, push, delete]",
                "REGISTRY_AUTH_RULES", "[]"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void anonymousPullMakesEveryRepositoryPublicAndLetsUsersPush() {
        Repository repository = new Repository(server.as(Account.NOBODY), TestContent.newName("one-setting"));
        TestManifest image = repository.pushImage("v1");
        Http anonymous = server.http();

        assertThat(anonymous.get(repository.manifest("v1")).send().expect(200).body()).isEqualTo(image.bytes());
        assertThat(anonymous.get("/v2/_catalog").send().expect(200).strings("repositories"))
                .contains(repository.name());
        Reply refused = anonymous.post(repository.uploads()).send().expectError(401, "UNAUTHORIZED");
        assertThat(refused.header("WWW-Authenticate"))
                .isEqualTo(server.challenge("repository:" + repository.name() + ":pull,push", ""));
        anonymous.delete(repository.manifest("v1")).send().expectError(401, "UNAUTHORIZED");
        server.as(Account.NOBODY).delete(repository.manifest("v1")).send().expect(202);
    }

    /** Docker asks this, and logs in as the challenge says; with 200 it would take any password for good. */
    @Test
    @Order(2)
    void anonymousPullStillAsksWhoeverLogsInForCredentials() {
        Reply reply = server.http().get("/v2/").send().expectError(401, "UNAUTHORIZED");

        assertThat(reply.header("WWW-Authenticate")).isEqualTo(server.challenge("", ""));
        server.as(Account.NOBODY).get("/v2/").send().expect(200);
        server.http().authorized(Shown.basic("nobody", "some other password")).get("/v2/").send()
                .expectError(401, "UNAUTHORIZED");
    }

    @Test
    @Order(3)
    void basicChallengesAskForAPassword() {
        server.restart(Map.of(
                "REGISTRY_AUTH_CHALLENGE", "basic", "REGISTRY_AUTH_HTPASSWD_REALM", "Images of Example"));
        String challenge = "Basic realm=\"Images of Example\", charset=\"UTF-8\"";
        String uploads = "/v2/" + TestContent.newName("basic") + "/blobs/uploads/";

        assertThat(server.http().get("/v2/").send().expectError(401, "UNAUTHORIZED").header("WWW-Authenticate"))
                .isEqualTo(challenge);
        assertThat(server.http().post(uploads).send().expectError(401, "UNAUTHORIZED").header("WWW-Authenticate"))
                .isEqualTo(challenge);
        server.as(Account.NOBODY).post(uploads).send().expect(202);
    }

    @Test
    @Order(4)
    void anOpenRegistryDoesNotLookAtAuthorization() {
        Http open = new Http(RegistryServer.shared().uri());
        for (String any : new String[] {
            Shown.basic("somebody", "any password at all"), Shown.bearer("not.a-token.at-all"), "Digest x", "Basic %"
        }) {
            open.authorized(any).get("/v2/").send().expect(200);
            open.authorized(any).post("/v2/" + TestContent.newName("open") + "/blobs/uploads/").send().expect(202);
        }
    }
}
