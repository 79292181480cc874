package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each endpoint names its methods, and refuses all others. */
@ExtendWith(RegistryExtension.class)
class MethodsIT {
    private static final String DIGEST = "sha256:" + "0".repeat(64);
    private static final Set<String> ALL =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "X");

    private final Http http = Http.target();

    private static Set<String> methods(String list) {
        return Arrays.stream(list.split("[ ,]+")).collect(Collectors.toCollection(TreeSet::new));
    }

    private Reply send(String method, String path) throws Exception {
        String line = method + ' ' + path.replace("DIGEST", DIGEST) + " HTTP/1.1";
        try (RawConnection connection = http.connect()) {
            connection.sendHead(line, "Host: x", "Content-Length: 0");
            return connection.read(method);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/, GET HEAD OPTIONS",
        "/v2/_catalog, GET HEAD OPTIONS",
        "/v2/a/tags/list, GET HEAD OPTIONS",
        "/v2/a/referrers/DIGEST, GET HEAD OPTIONS",
        "/v2/a/manifests/v1, GET HEAD PUT DELETE OPTIONS",
        "/v2/a/manifests/DIGEST, GET HEAD PUT DELETE OPTIONS",
        "/v2/a/blobs/DIGEST, GET HEAD DELETE OPTIONS",
        "/v2/a/blobs/uploads/, POST OPTIONS",
        "/v2/a/blobs/uploads, POST OPTIONS",
        "/v2/a/blobs/uploads/6e0d5a3e-2d0c-4d8e-9a55-4f7a5f7ad9a1, GET HEAD PATCH PUT DELETE OPTIONS"
    })
    @Tag("code-13")
    void refusesOtherMethodsAndNamesItsOwn(String path, String list) throws Exception {
        assertThat(methods(send("OPTIONS", path).expect(200).header("Allow"))).isEqualTo(methods(list));
        for (String method : ALL) {
            if (!methods(list).contains(method)) {
                Reply reply = send(method, path).expect(405);
                if (!method.equals("HEAD")) {
                    reply.expectError(405, "UNSUPPORTED");
                }
                assertThat(methods(reply.header("Allow"))).as(method).isEqualTo(methods(list));
            }
        }
    }

    @Test
    void refusesToBeAProxy() throws Exception {
        Reply reply = send("CONNECT", "example.org:443").expect(405);

        assertThat(reply.body()).isEmpty();
    }

    @Test
    void sendsNoRequestBack() throws Exception {
        for (String path : new String[] {"/", "/v2/", "/console"}) {
            Reply reply = send("TRACE", path);
            assertThat(reply.status()).isIn(404, 405);
            assertThat(reply.text()).doesNotContain("Host: x");
        }
    }
}
