package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.ApiDescription.Failure;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changes with the settings: a server of its own, on which much is other than it comes. */
class OtherSettingsIT {
    /** What {@link #refusesToDelete} gets. */
    static final Failure DELETING_SWITCHED_OFF = new Failure(405, "UNSUPPORTED");

    private static final int LARGEST_MANIFEST = 5 << 20;
    private static final int LONGEST_ADDRESS = 200 << 10;
    private static final int LONGEST_HEADERS = 300 << 10;

    private static RegistryServer server;

    private final Http http = new Http(server.uri());
    private final Repository repository = Repository.fresh(http, "settings");

    @BeforeAll
    static void start() {
        server = RegistryServer.start(Map.ofEntries(
                Map.entry("REGISTRY_HTTP_MAXURILENGTH", "200KiB"),
                Map.entry("REGISTRY_HTTP_MAXHEADERLENGTH", "300KiB"),
                Map.entry("REGISTRY_HTTP_RELATIVEURLS", "false"),
                Map.entry("REGISTRY_HTTP_HEADERS", "{X-Content-Type-Options: [nosniff]}"),
                Map.entry("REGISTRY_STORAGE_DELETE_ENABLED", "false"),
                Map.entry("REGISTRY_MANIFESTS_MAXSIZE", "5MiB"),
                Map.entry("REGISTRY_CATALOG_MAXENTRIES", "2"),
                Map.entry("REGISTRY_TAGS_MAXTAGS", "3"),
                Map.entry("REGISTRY_REFERRERS_MAXENTRIES", "2"),
                Map.entry("REGISTRY_VALIDATION_MANIFESTS_INDEXES_PLATFORMS", "none"),
                Map.entry("REGISTRY_VALIDATION_MANIFESTS_URLS_ALLOW_0", "^https://mirror\\.example\\.org/")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void givesWholeUrlsOfTheHostThatTheClientUsed() {
        String root = server.uri().toString().replaceAll("/$", "");
        byte[] blob = TestContent.bytes(10);
        Digest digest = TestContent.sha256(blob);

        Reply started = http.post(repository.uploads()).send().expect(202);
        assertThat(started.header("Location")).startsWith(root + repository.uploads());
        Reply patched = http.patch(started.header("Location")).body(blob).send().expect(202);
        assertThat(patched.header("Location")).isEqualTo(started.header("Location"));
        Reply created = http.put(patched.header("Location") + "?digest=" + digest).send().expect(201);
        assertThat(created.header("Location")).isEqualTo(root + repository.blob(digest));
        TestManifest image = TestManifest.image(blob);
        assertThat(repository.push("v1", image).header("Location"))
                .isEqualTo(root + repository.manifest(image.digest()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Host: registry.example.org | http://registry.example.org",
                "Host: registry.example.org:8443 | http://registry.example.org:8443",
                "Host: [::1]:5000 | http://[::1]:5000",
                "Host: x; X-Forwarded-Proto: https | https://x",
                "Host: x; X-Forwarded-Proto: https, http; X-Forwarded-Host: a.example, b.example | https://a.example",
                "Host: x; X-Forwarded-Host: a.example; X-Forwarded-Port: 8443 | http://a.example:8443",
                "Host: x; X-Forwarded-Proto: https; X-Forwarded-Host: a.b; X-Forwarded-Port: 443 | https://a.b",
                "Host: x; Forwarded: for=192.0.2.1;proto=https;host=a.example, for=10.0.0.1;host=b | https://a.example",
                "Host: x; Forwarded: host=\"a.example:8443\";proto=https | https://a.example:8443",
                "Host: x; Forwarded: host=a.example; X-Forwarded-Host: b.example | http://a.example",
                "Host: x; X-Forwarded-Host: a.example/path?x | http://x",
                "Host: x; X-Forwarded-Proto: javascript | http://x"
            })
    void takesTheOriginFromWhatProxiesSay(String headers, String origin) throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.send("POST " + repository.uploads() + " HTTP/1.1\r\n");
            connection.sendHead((headers + "; Content-Length: 0").split("; "));

            assertThat(connection.read("POST").expect(202).header("Location"))
                    .startsWith(origin + repository.uploads());
        }
    }

    @Test
    void saysWhereToGoOnInWholeUrls() {
        Upload upload = Upload.start(http, repository).append(0, TestContent.bytes(10));

        Reply reply = upload.patch().header("Content-Range", "20-29").body(TestContent.bytes(10)).send();

        reply.expectError(416, "RANGE_INVALID");
        assertThat(reply.header("Location")).isEqualTo(upload.location()).startsWith("http://");
    }

    @Test
    @Tag("end-9")
    @Tag("end-10")
    @Tag("code-13")
    void refusesToDelete() {
        TestManifest image = repository.pushImage("v1");
        Digest blob = repository.push(TestContent.bytes(5));

        for (String path : List.of(
                repository.manifest("v1"),
                repository.manifest(image.digest()),
                repository.manifest("unknown"),
                repository.blob(blob),
                repository.blob(TestContent.unknownDigest()))) {
            Reply refused = http.delete(path).send();
            refused.expectError(DELETING_SWITCHED_OFF.status(), DELETING_SWITCHED_OFF.code());
            assertThat(refused.header("Allow")).startsWith("GET, HEAD").doesNotContain("DELETE");
        }

        http.get(repository.manifest("v1")).send().expect(200);
        http.get(repository.blob(blob)).send().expect(200);
    }

    @Test
    void stillCancelsUploads() {
        Upload upload = Upload.start(http, repository).append(0, TestContent.bytes(10));

        http.delete(upload.location()).send().expect(204);
    }

    /** Address and headers are as long as they may be at once, in as many headers as there may be. */
    @Test
    @Tag("code-13")
    void takesHeadersAndAddressesUpToTheConfiguredSize() throws Exception {
        String address = "/v2/?" + "x".repeat(LONGEST_ADDRESS - "/v2/".length());
        int headers = 999;
        int left = LONGEST_HEADERS - "Host".length() - "x".length();
        String names = "X-000".repeat(headers);
        String head = head(headers, (left - names.length()) / headers);

        request(address, head).expect(200);
        request(address + "x", head).expectError(414, "NAME_INVALID");
        request(address, head(headers, (left - names.length()) / headers + 1)).expectError(431, "UNSUPPORTED");
        assertThat(request(address, head(headers + 1, 1)).expect(400).body()).isEmpty();
    }

    private static String head(int headers, int valueSize) {
        return IntStream.range(0, headers)
                .mapToObj(i -> String.format("X-%03d: %s\r\n", i, "a".repeat(valueSize)))
                .collect(Collectors.joining());
    }

    private Reply request(String address, String headers) throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.send("GET " + address + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
            return connection.read("GET");
        }
    }

    @Test
    void addsTheConfiguredHeadersToEveryReply() throws Exception {
        assertThat(http.get("/v2/").send().header("X-Content-Type-Options")).isEqualTo("nosniff");
        Reply unknown = http.get(repository.manifest("v1")).send().expect(404);
        assertThat(unknown.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(http.get("/v2/a").send().header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    @Tag("end-7a")
    void takesManifestsUpToTheConfiguredSize() {
        byte[] json = new byte[LARGEST_MANIFEST];
        Arrays.fill(json, (byte) ' ');
        byte[] index = TestManifest.index().bytes();
        System.arraycopy(index, 0, json, 0, index.length);
        repository.push("v1", new TestManifest(MediaTypes.OCI_INDEX, json));

        TestManifest larger = new TestManifest(MediaTypes.OCI_INDEX, Arrays.copyOf(json, json.length + 1));
        repository.put("v2", larger).send().expectError(413, "SIZE_INVALID");
    }

    @Test
    @Tag("end-8b")
    void givesNoMoreTagsThanAPageHolds() {
        TestManifest image = repository.newImage();
        repository.put(image.digest() + "?tag=a&tag=b&tag=c&tag=d", image).send().expect(201);

        for (String query : new String[] {"", "?n=4", "?n=1000"}) {
            Reply reply = http.get(repository.path("tags/list" + query)).send().expect(200);
            assertThat(reply.strings("tags")).containsExactly("a", "b", "c");
            String next = TagListIT.target(reply.header("Link"));
            assertThat(http.get(next).send().expect(200).strings("tags")).containsExactly("d");
        }
    }

    @Test
    void givesNoMoreRepositoriesThanAPageHolds() {
        repository.push(TestContent.bytes(1));
        new Repository(http, repository + "/b").push(TestContent.bytes(1));
        new Repository(http, repository + "/c").push(TestContent.bytes(1));

        Reply reply = http.get("/v2/_catalog?n=1000&last=" + repository).send().expect(200);

        assertThat(reply.strings("repositories")).containsExactly(repository + "/b", repository + "/c");
        assertThat(http.get("/v2/_catalog").send().expect(200).strings("repositories")).hasSize(2);
    }

    @Test
    @Tag("end-12a")
    void givesNoMoreReferrersThanAPageHolds() {
        Digest subject = TestContent.unknownDigest();
        for (int i = 0; i < 5; i++) {
            ObjectNode json = TestManifest.indexJson();
            json.set("subject", TestManifest.descriptor(MediaTypes.OCI_MANIFEST, subject, 1));
            json.putObject("annotations").put("number", Integer.toString(i));
            TestManifest referrer = TestManifest.of(json);
            repository.push(referrer.digest(), referrer);
        }

        int[] sizes = new int[3];
        String next = repository.path("referrers/" + subject);
        for (int page = 0; page < 3; page++) {
            Reply reply = http.get(next).send().expect(200);
            sizes[page] = reply.json().path("manifests").size();
            next = reply.optionalHeader("Link").map(TagListIT::target).orElse(null);
        }

        assertThat(sizes).containsExactly(2, 2, 1);
        assertThat(next).isNull();
    }

    @Test
    @Tag("end-7a")
    void takesAnIndexBeforeItsChildren() {
        TestManifest child = repository.newImage();

        repository.push("index", TestManifest.index(child));
        repository.push(child.digest(), child);

        http.get(repository.manifest(child.digest())).send().expect(200);
    }

    @Test
    @Tag("code-6")
    void refusesLayersThatLieWhereTheyMayNot() {
        byte[] config = TestContent.bytes(4);
        repository.push(config);

        TestManifest refused = withUrl(config, "https://evil.example.org/layer");
        repository.put("v1", refused).send().expectError(400, "MANIFEST_INVALID");
        repository.put("v1", withUrl(config, "https://mirror.example.org/layer")).send().expect(201);
    }

    private static TestManifest withUrl(byte[] config, String url) {
        ObjectNode json = TestManifest.imageJson(config);
        json.withArray("layers")
                .addObject()
                .put("mediaType", "application/vnd.oci.image.layer.nondistributable.v1.tar")
                .put("digest", TestContent.unknownDigest().toString())
                .put("size", 1)
                .putArray("urls")
                .add(url);
        return TestManifest.of(json);
    }
}
