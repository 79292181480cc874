package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.it.protocol.ApiDescription.Failure;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every failure that {@code docs/api.md} lists can be had, by a request that is sent here. */
@ExtendWith(RegistryExtension.class)
class DocumentedFailuresIT {
    /** Failures of the machinery, which the tests of faults bring about. */
    private static final Set<Integer> OF_THE_MACHINERY = Set.of(500, 503, 507);

    /** Failures of access control, of which there is none here; its own tests bring them about. */
    private static final Set<Integer> OF_ACCESS = Set.of(401, 403, 429);

    /** Failures of mirrors, of which there is none here; their own tests bring them about. */
    private static final Set<Failure> OF_MIRRORS =
            Set.of(new Failure(404, "NAME_UNKNOWN"), new Failure(502, "UNKNOWN"));

    private static final String ANY_ROUTE = "*";

    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "failures");
    private final Map<String, Set<Failure>> seen = new TreeMap<>();
    private final byte[] blob = TestContent.bytes(100);
    private Upload upload;

    @BeforeEach
    void startUpload() {
        upload = Upload.start(http, repository).append(0, blob);
    }

    private void see(Request request) {
        Reply reply = request.send();
        see(reply, ApiDescription.file().operation(request.method(), request.path()).orElseThrow().name());
    }

    private void see(Reply reply, String route) {
        reply.json().path("errors").forEach(error -> seen.computeIfAbsent(route, key -> new TreeSet<>())
                .add(new Failure(reply.status(), error.path("code").textValue())));
    }

    @Test
    void everyFailureOfARouteCanBeHad() throws IOException {
        lists();
        blobs();
        uploads();
        manifests();

        Map<String, Set<Failure>> documented = new TreeMap<>();
        ApiPage.read().routes().forEach((route, section) -> {
            if (!section.codes().isEmpty()) {
                documented.put(route, section.codes());
            }
        });
        assertThat(seen).isEqualTo(documented);
    }

    private void lists() {
        for (String path : new String[] {"/v2/_catalog", repository.path("tags/list")}) {
            see(http.get(path + "?n=x"));
            see(http.get(path + "?last=%00"));
        }
        see(http.get(repository.path("tags/list")));
        see(http.get(repository.path("referrers/x")));
        String referrers = repository.path("referrers/" + TestContent.unknownDigest());
        see(http.get(referrers + "?n=x"));
        see(http.get(referrers + "?last=%00"));
        see(http.get(referrers + "?artifactType=%00"));
    }

    private void blobs() {
        Repository other = Repository.fresh(http, "failures");
        byte[] config = TestContent.bytes(10);
        Digest digest = other.push(config);
        other.push("v1", TestManifest.image(config));
        see(http.get(other.path("blobs/x")));
        see(http.get(other.blob(TestContent.unknownDigest())));
        see(http.get(other.blob(digest)).header("Range", "bytes=10-"));
        see(http.delete(other.path("blobs/x")));
        see(http.delete(other.blob(TestContent.unknownDigest())));
        see(http.delete(other.blob(digest)));
    }

    private void uploads() throws IOException {
        see(http.post(repository.uploads() + "?digest=x"));
        see(http.post(repository.uploads() + "?mount=" + TestContent.unknownDigest() + "&from=X"));
        String query = "?digest=" + TestContent.unknownDigest();
        endEarly("POST", repository.uploads() + query, "POST /v2/{name}/blobs/uploads/");
        String closing = upload.location() + query;
        see(http.put(closing));
        for (Request request : new Request[] {upload.patch(), http.put(closing)}) {
            see(request.body(blob).header("Content-Range", "x"));
        }
        for (Request request : new Request[] {upload.patch(), http.put(closing)}) {
            see(request.body(blob).header("Content-Range", "100-101"));
        }
        for (Request request : new Request[] {upload.patch(), http.put(closing)}) {
            see(request.body(blob).header("Content-Range", "0-99"));
        }
        superseded("PATCH", upload.location());
        superseded("PUT", upload.location() + "?digest=" + TestContent.sha256(blob));
        http.delete(upload.location()).send().expect(204);
        see(upload.patch());
        see(http.put(closing));
        see(http.get(upload.location()));
        see(http.delete(upload.location()));
    }

    private void superseded(String method, String target) throws IOException {
        try (RawConnection connection = http.connect()) {
            connection.sendHead(
                    method + ' ' + target + " HTTP/1.1", "Host: x", "Content-Length: 9", "Expect: 100-continue");
            connection.read(method).expect(100);
            upload.append(TestContent.bytes(10));
            connection.send(new byte[9]);
            see(connection.read(method), method + " /v2/{name}/blobs/uploads/{id}");
        }
    }

    private void manifests() throws IOException {
        TestManifest incomplete = TestManifest.image(TestContent.bytes(3));
        see(repository.put("sha256:x", incomplete));
        see(repository.put("-x", incomplete));
        see(repository.put("v1", incomplete));
        see(http.put(repository.manifest("v1")).body("x"));
        see(http.put(repository.manifest("v1")).body(new byte[(4 << 20) + 1]));
        String tags = IntStream.range(0, 101).mapToObj(i -> "tag=t" + i).collect(Collectors.joining("&", "?", ""));
        see(repository.put(incomplete.digest() + tags, incomplete));
        endEarly("PUT", repository.manifest("v1"), "PUT /v2/{name}/manifests/{reference}");
        for (String method : new String[] {"GET", "DELETE"}) {
            see(http.request(method, repository.manifest("sha256:x")));
            see(http.request(method, repository.manifest("-x")));
            see(http.request(method, repository.manifest("v1")));
        }
        seen.get("DELETE /v2/{name}/manifests/{reference}").add(OtherSettingsIT.DELETING_SWITCHED_OFF);
    }

    private void endEarly(String method, String target, String route) throws IOException {
        try (RawConnection connection = http.connect()) {
            connection.sendHead(method + ' ' + target + " HTTP/1.1", "Host: x", "Content-Length: 9");
            connection.send(new byte[3]).endOutput();
            see(connection.read(method), route);
        }
    }

    @Test
    void everyFailureOfAnyRequestCanBeHad() throws IOException {
        see(http.get("/v2/X/tags/list").send(), ANY_ROUTE);
        see(http.get(repository.manifest("v1")).header("Accept", "no media type").send(), ANY_ROUTE);
        see(http.get("/v2/x").send(), ANY_ROUTE);
        see(http.put("/v2/").send(), ANY_ROUTE);
        see(http.get("/v2/?" + "x".repeat(9000)).send(), ANY_ROUTE);
        try (RawConnection connection = http.connect()) {
            connection.sendHead("GET /v2/ HTTP/1.1", "Host: x", "Content-Length: " + "9".repeat(23));
            see(connection.read("GET"), ANY_ROUTE);
        }
        see(http.put(repository.manifest("v1")).header("Content-Encoding", "gzip").body("x").send(), ANY_ROUTE);
        see(http.get("/v2/").header("X-A", "x".repeat(40_000)).send(), ANY_ROUTE);

        Set<Failure> documented = new TreeSet<>(ApiPage.read().failures().codes());
        assertThat(documented.removeAll(OF_MIRRORS)).isTrue();
        documented.removeIf(failure ->
                OF_THE_MACHINERY.contains(failure.status()) || OF_ACCESS.contains(failure.status()));
        assertThat(seen.get(ANY_ROUTE)).isEqualTo(documented);
    }
}
