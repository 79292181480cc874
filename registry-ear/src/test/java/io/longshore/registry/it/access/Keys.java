package io.longshore.registry.it.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicInteger;

/** Credentials that the administration API makes: secrets of robots, and personal access tokens. */
final class Keys {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Keys() {}

    /** What a robot or a user shows in place of a password. */
    record Key(String user, String id, String secret) {
        String basic() {
            return Shown.basic(user, secret);
        }
    }

    static Key robot(AccessServer server, String name) {
        return made(server, Account.ROOT, name, "/api/v1/robots", "{\"name\": \"" + name + "\"}");
    }

    /** A token of this account for one pattern of repositories and one action. */
    static Key personal(AccessServer server, Account owner, String pattern, String action) {
        return made(server, owner, owner.user(), "/api/v1/tokens", """
                {"name": "test %d", "scopes": [{"repositories": "%s", "actions": ["%s"]}]}"""
                .formatted(COUNT.incrementAndGet(), pattern, action));
    }

    private static Key made(AccessServer server, Account account, String user, String path, String json) {
        JsonNode made = server.as(account)
                .post(path)
                .header("Content-Type", "application/json")
                .body(json)
                .send()
                .expect(201)
                .json();
        return new Key(user, made.path("id").asText(), Shown.secret(made.path("secret").textValue()));
    }
}
