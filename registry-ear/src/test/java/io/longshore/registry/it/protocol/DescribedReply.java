package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.protocol.ApiDescription.Described;
import io.longshore.registry.it.protocol.ApiDescription.Failure;
import io.longshore.registry.it.protocol.ApiDescription.Operation;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Holds a reply against the description of the API. */
final class DescribedReply {
    /** Headers that any reply may have; those that begin with {@code x-} are configured by tests. */
    private static final Set<String> COMMON_HEADERS = Set.of(
            "connection", "content-length", "content-security-policy", "content-type", "date",
            "docker-distribution-api-version", "transfer-encoding");

    private DescribedReply() {}

    /**
     * Fails unless the reply is described, and if it is a 500, which no request may bring about. What is not of the API
     * at all must be refused with a failure that every request can meet; OPTIONS alone is described in words only.
     *
     * @param path as it was sent
     */
    static void check(String method, String path, Reply reply) {
        assertThat(reply.status()).as("%s: %s", reply.request(), reply.text()).isNotEqualTo(500);
        if (method.equals("OPTIONS") || !(path + '/').startsWith("/v2/")) {
            return;
        }
        assertThat(reply.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
        Optional<Operation> operation = ApiDescription.file().operation(method, path);
        Described described = operation.map(found -> found.replies().get(reply.status())).orElse(null);
        if (reply.status() < 400) {
            assertThat(described).as("the description of %s: %d", reply.request(), reply.status()).isNotNull();
            checkHeaders(described, reply);
            checkType(method, described, reply);
        } else {
            checkFailure(method, described, reply);
        }
    }

    private static void checkHeaders(Described described, Reply reply) {
        for (String name : reply.headers().keySet()) {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (!COMMON_HEADERS.contains(lowerCase) && !lowerCase.startsWith("x-")) {
                assertThat(described.headers()).as("headers described for %s", reply.request()).containsKey(name);
            }
        }
        described.headers().forEach((name, required) -> {
            if (required) {
                assertThat(reply.values(name)).as("%s: header %s", reply.request(), name).hasSize(1);
            }
        });
    }

    private static void checkType(String method, Described described, Reply reply) {
        if (described.types().isEmpty()) {
            assertThat(reply.body()).as("%s: body", reply.request()).isEmpty();
        } else if (!method.equals("HEAD")) {
            String type = reply.header("Content-Type").split(";")[0];
            assertThat(described.types())
                    .as("types described for %s", reply.request())
                    .anyMatch(known -> type.startsWith(known.replace("*", "")));
        }
    }

    private static void checkFailure(String method, Described described, Reply reply) {
        Set<Failure> possible = new TreeSet<>(ApiDescription.file().commonFailures());
        if (described != null) {
            possible.addAll(described.failures());
        }
        if (method.equals("HEAD")) {
            assertThat(possible).as("failures described for %s", reply.request())
                    .anyMatch(failure -> failure.status() == reply.status());
            return;
        }
        reply.json().path("errors").forEach(error -> assertThat(possible)
                .as("failures described for %s", reply.request())
                .contains(new Failure(reply.status(), error.path("code").textValue())));
        if (described != null) {
            checkHeaders(described, reply);
        }
    }
}
