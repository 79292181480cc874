package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.protocol.StrangeRequest.Framing;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Requests that are made up: whatever comes, the registry answers, never with a failure of its own, and tells every
 * refusal in the form of the specification. The seed is printed; {@code @Property(seed = …)} repeats a run.
 */
class FuzzIT {
    private static final Set<String> CODES =
            Stream.of(ErrorCode.values()).map(ErrorCode::name).collect(Collectors.toUnmodifiableSet());

    private final Http http = Http.target();
    private Repository repository;
    private Map<String, String> known;

    @BeforeProperty
    void fillRepository() {
        repository = Repository.fresh(http, "fuzz");
        Digest blob = repository.push("fuzz".getBytes(StandardCharsets.UTF_8));
        TestManifest image = repository.pushImage("v1");
        known = Map.of(
                "{name}", repository.name(),
                "{blob}", blob.toString(),
                "{manifest}", image.digest().toString(),
                "{tag}", "v1",
                "{upload}", Upload.start(http, repository).uuid());
    }

    @AfterProperty
    void stillServes() {
        http.get("/v2/").send().expect(200);
        http.get("/v2/_catalog").send().expect(200);
        assertThat(http.get(repository.path("tags/list")).send().status()).isEqualTo(200);
    }

    @Property(tries = 4000, edgeCases = EdgeCasesMode.NONE)
    void noRequestMakesTheRegistryFail(@ForAll("requests") StrangeRequest request) throws IOException {
        try {
            Reply reply = send(request);
            assertThat(reply.status()).as("%s", request).isLessThan(500);
            if (reply.status() >= 400 && request.isHttp()) {
                checkError(reply, request);
            }
        } catch (EOFException noReply) {
            assertThat(request.isToBeAnswered()).as("closed without a reply: %s", request).isFalse();
        }
    }

    @Provide
    Arbitrary<StrangeRequest> requests() {
        return StrangeRequests.requests();
    }

    private Reply send(StrangeRequest request) throws IOException {
        try (RawConnection connection = http.connect()) {
            connection.send(request.bytes(known)).endOutput();
            Reply reply = connection.read(request.method());
            while (reply.status() == 100) {
                reply = connection.read(request.method());
            }
            return reply;
        }
    }

    private static void checkError(Reply reply, StrangeRequest request) {
        if (request.method().equals("HEAD")) {
            return;
        }
        assertThat(reply.values("Content-Type")).as("%s", request).containsExactly("application/json");
        JsonNode errors = reply.json().path("errors");
        assertThat(errors).as("%s answered %s", request, reply.text()).isNotEmpty();
        for (JsonNode error : errors) {
            assertThat(error.path("code").textValue()).as("%s", request).isIn(CODES);
            assertThat(error.path("message").textValue()).as("%s", request).isNotBlank();
        }
    }

    /** What is refused is refused for good reason, and what is taken comes back byte by byte. */
    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void noManifestMakesTheRegistryFail(
            @ForAll("manifests") byte[] template, @ForAll("contentTypes") String contentType, @ForAll boolean byTag)
            throws IOException {
        byte[] manifest = template;
        for (Map.Entry<String, String> word : known.entrySet()) {
            manifest = new String(manifest, StandardCharsets.ISO_8859_1)
                    .replace(word.getKey(), word.getValue())
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
        String target = repository.manifest(byTag ? "fuzzed" : TestContent.sha256(manifest));
        StrangeRequest push = new StrangeRequest("PUT", target, List.of(contentType), Framing.LENGTH, manifest);
        Reply reply = send(push);

        if (reply.status() != 201) {
            assertThat(reply.status()).as("%s", push).isBetween(400, 404);
            checkError(reply, push);
            return;
        }
        Reply pull = http.get(reply.header("Location")).send().expect(200);
        assertThat(pull.body()).isEqualTo(manifest);
        if (reply.optionalHeader("OCI-Subject").isPresent()) {
            String referrers = repository.path("referrers/" + reply.header("OCI-Subject"));
            assertThat(http.get(referrers).send().expect(200).json().path("manifests")).as("%s", push).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<byte[]> manifests() {
        return StrangeManifests.bytes();
    }

    @Provide
    Arbitrary<String> contentTypes() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(
                        "X-None: of its own",
                        "Content-Type: application/vnd.oci.image.manifest.v1+json",
                        "Content-Type: application/vnd.oci.image.index.v1+json")),
                Tuple.of(1, Arbitraries.of(
                        "Content-Type: application/vnd.example.thing",
                        "Content-Type: application/vnd.docker.distribution.manifest.v1+prettyjws",
                        "Content-Type: text/html",
                        "Content-Type: application/json; charset=utf-8",
                        "Content-Type: ;",
                        "Content-Type: ")));
    }

    /** Bytes that need not even be HTTP. The server may close the connection without a word. */
    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void noBytesMakeTheRegistryFail(@ForAll("bytes") byte[] bytes) throws IOException {
        String replies;
        try (RawConnection connection = http.connect()) {
            connection.send(bytes).endOutput();
            replies = connection.readAll();
        }
        assertThat(replies)
                .as("%s", new String(bytes, StandardCharsets.ISO_8859_1))
                .doesNotContainPattern("HTTP/1\\.[01] 5\\d\\d ");
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        Arbitrary<byte[]> request = StrangeRequests.requests().map(made -> made.bytes(known));
        return Arbitraries.frequencyOf(
                Tuple.of(6, request.flatMap(StrangeManifests::mutated)),
                Tuple.of(2, request.flatMap(StrangeManifests::mutated).flatMap(StrangeManifests::mutated)),
                Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(500)));
    }
}
