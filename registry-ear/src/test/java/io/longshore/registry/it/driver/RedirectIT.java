package io.longshore.registry.it.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.storage.Storage;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Pulls from a store that clients are sent to. */
@EnabledIfSystemProperty(named = "it.storage", matches = "s3|azure", disabledReason = "this store gives no addresses")
class RedirectIT {
    private static RegistryServer server;

    private final Http http = new Http(server.uri());
    private final Repository repository = Repository.fresh(http, "redirect");
    private final byte[] blob = TestContent.bytes(100_000);

    @BeforeAll
    static void start() {
        server = RegistryServer.start(Map.of("REGISTRY_STORAGE_REDIRECT_DISABLE", "false"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<byte[]> fetch(String address, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void sendsAClientToTheStoreWhereItFindsTheBlob() throws Exception {
        Digest digest = repository.push(blob);

        Reply reply = http.get(repository.blob(digest)).send().expect(307);
        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(digest.toString());
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.body()).isEmpty();
        HttpResponse<byte[]> fetched = fetch(reply.header("Location"));
        assertThat(fetched.statusCode()).isEqualTo(200);
        assertThat(fetched.body()).isEqualTo(blob);
    }

    @Test
    void theStoreSendsPartsOfTheBlob() throws Exception {
        Digest digest = repository.push(blob);
        String address = http.get(repository.blob(digest)).send().expect(307).header("Location");

        HttpResponse<byte[]> fetched = fetch(address, "Range", "bytes=500-999");
        assertThat(fetched.statusCode()).isEqualTo(206);
        assertThat(fetched.body()).isEqualTo(Arrays.copyOfRange(blob, 500, 1000));
    }

    @Test
    void anAddressIsGoodForNoOtherBlob() throws Exception {
        Digest digest = repository.push(blob);
        Digest other = repository.push(TestContent.bytes(10));
        String address = http.get(repository.blob(digest)).send().expect(307).header("Location");

        assertThat(fetch(address.replace(digest.hex(), other.hex())).statusCode()).isEqualTo(403);
    }

    @Test
    void answersHeadItself() {
        Digest digest = repository.push(blob);

        Reply reply = http.head(repository.blob(digest)).send().expect(200);
        assertThat(reply.header("Content-Length")).isEqualTo("100000");
    }

    @Test
    void sendsNobodyToABlobThatTheRepositoryDoesNotHave() {
        Digest digest = repository.push(blob);

        http.get(Repository.fresh(http, "other").blob(digest)).send().expect(404);
    }

    @Test
    void sendsNobodyForWhatTheClientHasAlready() {
        Digest digest = repository.push(blob);

        http.get(repository.blob(digest)).header("If-None-Match", '"' + digest.toString() + '"').send().expect(304);
    }
}
