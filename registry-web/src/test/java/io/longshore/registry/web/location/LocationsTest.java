package io.longshore.registry.web.location;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.upload.UploadId;
import io.longshore.registry.web.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationsTest {
    private static final RepositoryName REPOSITORY = new RepositoryName("library/alpine");
    private static final Digest DIGEST = Digest.of(DigestAlgorithm.SHA256, new byte[0]);
    private static final String BLOB = "/v2/library/alpine/blobs/" + DIGEST;

    private final Locations absolute = new Locations(false, Optional.empty());

    @Test
    void arePathsUnlessToldOtherwise() {
        Locations relative = new Locations(true, Optional.of(URI.create("https://configured.example")));
        HttpServletRequest request = request("Forwarded", "host=other;proto=https");

        assertThat(relative.blob(request, REPOSITORY, DIGEST)).isEqualTo(BLOB);
        assertThat(relative.manifest(request, REPOSITORY, DIGEST))
                .isEqualTo("/v2/library/alpine/manifests/" + DIGEST);
        UploadId id = UploadId.parse("4fbb1a53-8f4f-4a4b-9d34-7a1d0c9a5b11");
        assertThat(relative.upload(request, REPOSITORY, id)).isEqualTo("/v2/library/alpine/blobs/uploads/" + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://configured.example:8443", "https://configured.example:8443/"})
    void beginWithWhatIsConfiguredWhateverTheRequestSays(String host) {
        Locations configured = new Locations(false, Optional.of(URI.create(host)));

        assertThat(configured.blob(request("Forwarded", "host=other;proto=http"), REPOSITORY, DIGEST))
                .isEqualTo("https://configured.example:8443" + BLOB);
    }

    @Test
    void fallBackToTheHostThatWasAskedFor() {
        assertOrigin("http://registry.example:5000", request());
    }

    @Test
    void fallBackToTheServersOwnAddressWithoutAHost() {
        assertOrigin("http://127.0.0.1:5000", Requests.of("GET", "/v2/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host=front.example;proto=https",
                "Proto=HTTPS; Host=front.example",
                "for=192.0.2.60;proto=https;by=203.0.113.43;host=\"front.example\"",
                "for=\"[2001:db8::1]:4711, x\";host=front.example;proto=https",
                "host=front.example;proto=https, host=inner.example;proto=http",
                "host=\"front\\.example\";proto=https,for=x",
            })
    void believeTheFirstElementOfForwarded(String forwarded) {
        assertOrigin("https://front.example", request("Forwarded", forwarded, "X-Forwarded-Host", "second.example"));
    }

    @Test
    void takeWhatForwardedDoesNotSayFromElsewhere() {
        assertOrigin("https://registry.example:5000", request("Forwarded", "for=192.0.2.60;proto=https"));
        assertOrigin("https://front.example", request("Forwarded", "host=front.example", "X-Forwarded-Proto", "https"));
    }

    @Test
    void believeTheFirstItemsOfTheOlderHeaders() {
        assertOrigin(
                "https://front.example",
                request("X-Forwarded-Proto", "https, http", "X-Forwarded-Host", "front.example , inner.example"));
    }

    @Test
    void addAForwardedPortThatIsNotTheUsualOne() {
        assertOrigin(
                "https://front.example:8443",
                request(
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Host",
                        "front.example",
                        "X-Forwarded-Port",
                        "8443"));
        assertOrigin(
                "https://[2001:db8::1]:8443",
                request(
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Host",
                        "[2001:db8::1]",
                        "X-Forwarded-Port",
                        "8443"));
        assertOrigin(
                "https://front.example",
                request(
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Host",
                        "front.example",
                        "X-Forwarded-Port",
                        "443"));
        assertOrigin(
                "http://front.example:81",
                request("X-Forwarded-Host", "front.example:81", "X-Forwarded-Port", "8443"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example/path",
                "user@evil.example",
                "evil.example:99999999",
                "evil.example\r\nSet-Cookie: a=b",
                "evil example",
                "evil.example?x",
                "evil.example#x",
                "<script>",
                "\"",
                "",
                "[::1",
            })
    void neverSendBackWhatIsNoHost(String host) {
        assertOrigin("http://registry.example:5000", request("X-Forwarded-Host", host));
        assertOrigin("http://registry.example:5000", request("Forwarded", "host=\"" + host.replace("\"", "\\\"") + '"'));
        assertOrigin("http://127.0.0.1:5000", request("Host", host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp", "javascript", "https:", "", "http s"})
    void neverSendBackAnUnknownScheme(String scheme) {
        assertOrigin("http://registry.example:5000", request("X-Forwarded-Proto", scheme));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "host=", "host=\"open", ";;", "host=a b", "=", "host=evil.example x"})
    void ignoreAForwardedThatBreaksItsGrammar(String forwarded) {
        assertOrigin("http://registry.example:5000", request("Forwarded", forwarded));
    }

    private void assertOrigin(String origin, HttpServletRequest request) {
        assertThat(absolute.blob(request, REPOSITORY, DIGEST)).isEqualTo(origin + BLOB);
    }

    private static HttpServletRequest request(String... namesAndValues) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("Host", List.of("registry.example:5000"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return Requests.of("GET", "/v2/", null, headers);
    }
}
