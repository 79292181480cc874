package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that a client has to spell out itself, because HTTP libraries mend or refuse them. */
@ExtendWith(RegistryExtension.class)
class AddressIT {
    private final Http http = Http.target();

    private Reply get(String target, String... headers) throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.send("GET " + target + " HTTP/1.1\r\nHost: x\r\n").sendHead(headers);
            return connection.read("GET");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2//a/tags/list",
                "//v2/a/tags/list",
                "/v2/a//tags/list",
                "/v2/a/tags//list",
                "/v2/a/tags/list//",
                "/v2/a/../b/tags/list",
                "/v2/a/./tags/list",
                "/v2/../v2/a/tags/list",
                "/v2/a/%2e%2e/b/tags/list",
                "/v2/a/%2E/tags/list",
                "/v2/a/..%2f..%2fb/tags/list",
                "/v2/a;x=y/tags/list",
                "/v2/a/tags/list;jsessionid=1",
                "/v2;/a/tags/list",
                "/v2/a%5Cb/tags/list",
                "/v2/a%00/tags/list",
                "/v2/a%0d%0aX:y/tags/list",
                "/v2/%/tags/list",
                "/v2/a%2/tags/list",
                "/v2/a%zz/tags/list",
                "/v2/%ff/tags/list",
                "/v2/%c0%af/tags/list",
                "/v2/a|b/tags/list",
                "/v2/a\"b/tags/list",
                "/v2/a\\b/tags/list",
                "/v2/a{b}/tags/list",
                "/v2/caf\u00e9/tags/list",
                "/v2/a\u0085/tags/list",
                "/v2/<script>/tags/list"
            })
    @Tag("code-8")
    void refusesAddressesThatServersReadDifferently(String target) throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.sendHead("GET " + target + " HTTP/1.1", "Host: x");
            connection.read("GET").expectError(400, "NAME_INVALID");

            connection.sendHead("HEAD " + target + " HTTP/1.1", "Host: x");
            connection.read("HEAD").expect(400);

            connection.sendHead("GET /v2/ HTTP/1.1", "Host: x");
            connection.read("GET").expect(200);
        }
    }

    @Test
    void refusesAQueryThatIsNotEncodedProperly() throws Exception {
        for (String query : new String[] {"?last=%zz", "?last=%ff", "?last=%"}) {
            get("/v2/_catalog" + query).expectError(400, "UNSUPPORTED");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/a", "/v2/a/", "/v2/a/tags", "/v2/tags/list", "/v2/blobs/uploads/", "/v2/a/tags/list/more",
                "/v2/_catalog/x", "/v2/_other", "/v2/a/manifests/", "/v2/a/blobs/", "/v2/a/blobs/x/y", "/v2/a/b/c/d"
            })
    @Tag("code-13")
    void knowsNoOtherEndpoints(String target) throws Exception {
        get(target).expectError(404, "UNSUPPORTED");
    }

    @Test
    void ignoresParametersThatItDoesNotKnow() throws Exception {
        get("/v2/?foo=bar&foo&&=").expect(200);
    }

    @Test
    void takesAnAddressWithSchemeAndHost() throws Exception {
        get("http://x/v2/").expect(200);
    }

    @Test
    void showsNoPageOfTheServerOutsideTheApi() throws Exception {
        for (String target : new String[] {"/", "/console", "/index.html", "/v1/", "/v20/", "/foo/..%2fv2/", "/x;y"}) {
            Reply reply = get(target, "Accept: text/html").expect(404);
            assertThat(reply.header("Content-Type")).isEqualTo("text/plain");
            assertThat(reply.text()).isEqualTo("Error 404\n");
        }
    }
}
