package io.longshore.registry.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** The API as somebody sees it. */
final class Api {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Http http;
    private final String authorization;

    Api(RegistryServer server, String user, String password) {
        this(new Http(server.uri()), "Basic " + Base64.getEncoder()
                .encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8)));
    }

    private Api(Http http, String authorization) {
        this.http = http;
        this.authorization = authorization;
    }

    /** As somebody sees it who shows nothing. */
    Api anonymous() {
        return new Api(http, "");
    }

    /** As somebody else sees it. */
    Api as(String user, String password) {
        return new Api(AdminServer.shared(), user, password);
    }

    /** A name that no other test uses. */
    static String newName(String hint) {
        return hint + '-' + COUNT.incrementAndGet();
    }

    /** @param path from the root of this API, or that of the server if it begins with {@code /v2/} or {@code /api} */
    Request request(String method, String path) {
        boolean whole = path.startsWith("/v2/") || path.startsWith("/api");
        Request request = http.request(method, whole ? path : "/api/v1" + path);
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    Reply get(String path) {
        return request("GET", path).send();
    }

    Reply delete(String path) {
        return request("DELETE", path).send();
    }

    Reply post(String path, String json) {
        return request("POST", path).header("Content-Type", "application/json").body(json).send();
    }

    Reply put(String path, String json) {
        return request("PUT", path).header("Content-Type", "application/json").body(json).send();
    }

    /** Checks that this is problem details, and returns what they say. */
    static String problem(Reply reply, int status) {
        reply.expect(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.json().path("type").textValue()).isEqualTo("about:blank");
        assertThat(reply.json().path("status").intValue()).isEqualTo(status);
        assertThat(reply.json().path("title").textValue()).isNotBlank();
        assertThat(reply.json().path("detail").textValue()).isNotBlank();
        return reply.json().path("detail").textValue();
    }
}
