package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;

/**
 * The registry that the clients talk to, over plain HTTP unless told otherwise: sets up what they read and sees what they
 * wrote.
 */
final class TargetRegistry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFEST_TYPES = String.join(
            ", ",
            MediaTypes.OCI_MANIFEST,
            MediaTypes.OCI_INDEX,
            MediaTypes.DOCKER_MANIFEST,
            MediaTypes.DOCKER_LIST);

    private final HttpClient http;
    private final URI url;
    private final Optional<Account> account;

    private TargetRegistry(URI url, HttpClient http, Optional<Account> account) {
        this.url = url;
        this.http = http;
        this.account = account;
    }

    /** The registry that {@code registry.url} names, or the built server. */
    static TargetRegistry get() {
        String named = System.getProperty("registry.url");
        URI url = named == null ? RegistryServer.shared().uri() : URI.create(named);
        return new TargetRegistry(url, HttpClient.newHttpClient(), Optional.empty());
    }

    /** Any, which asks for no account. */
    static TargetRegistry at(URI url) {
        return new TargetRegistry(url, HttpClient.newHttpClient(), Optional.empty());
    }

    /** One that is reached by HTTPS. */
    static TargetRegistry secure(URI url, SSLContext tls) {
        return new TargetRegistry(url, HttpClient.newBuilder().sslContext(tls).build(), Optional.empty());
    }

    /** One that is set up and looked at with an account. */
    static TargetRegistry at(URI url, Account account) {
        return new TargetRegistry(url, HttpClient.newHttpClient(), Optional.of(account));
    }

    /** Host and port, as an image reference begins with them. */
    String authority() {
        return url.getAuthority();
    }

    URI url() {
        return url;
    }

    /** A repository name that nothing else uses, now or in an earlier run. */
    String newRepository(String hint) {
        return "it/" + hint + "/" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    /** The reference of a tag or a digest in an image client's words. */
    String image(String repository, Object reference) {
        return authority() + '/' + repository + (reference instanceof Digest ? '@' : ':') + reference;
    }

    void push(String repository, String tag, TestImage image) {
        image.blobs().forEach(blob -> pushBlob(repository, blob));
        pushManifest(repository, tag, image.manifest());
    }

    void push(String repository, String tag, TestIndex index) {
        for (TestImage image : index.images()) {
            push(repository, image.digest().toString(), image);
        }
        pushManifest(repository, tag, index.manifest());
    }

    void pushManifest(String repository, String reference, Blob manifest) {
        URI uri = api(repository + "/manifests/" + reference);
        HttpResponse<byte[]> reply = send(HttpRequest.newBuilder(uri)
                .header("Content-Type", manifest.mediaType())
                .PUT(BodyPublishers.ofByteArray(manifest.bytes())));
        assertThat(reply.statusCode()).as("PUT of %s", uri).isEqualTo(201);
    }

    private void pushBlob(String repository, Blob blob) {
        URI uploads = api(repository + "/blobs/uploads/");
        HttpResponse<byte[]> started = send(HttpRequest.newBuilder(uploads).POST(BodyPublishers.noBody()));
        assertThat(started.statusCode()).as("POST to %s", uploads).isEqualTo(202);
        String location = started.headers().firstValue("Location").orElseThrow();
        String query = (location.contains("?") ? "&" : "?") + "digest=" + blob.digest();
        HttpResponse<byte[]> reply = send(HttpRequest.newBuilder(uploads.resolve(location + query))
                .PUT(BodyPublishers.ofByteArray(blob.bytes())));
        assertThat(reply.statusCode()).as("PUT of %s", blob).isEqualTo(201);
    }

    /** What is stored under a tag or a digest, which must be there; its digest is the one that the registry says. */
    Blob manifest(String repository, Object reference) {
        HttpResponse<byte[]> reply = getManifest(repository, reference);
        assertThat(reply.statusCode()).as("GET of manifest %s in %s", reference, repository).isEqualTo(200);
        return new Blob(
                reply.headers().firstValue("Content-Type").orElseThrow(),
                Digest.parse(reply.headers().firstValue("Docker-Content-Digest").orElseThrow()),
                reply.body());
    }

    boolean hasManifest(String repository, Object reference) {
        return isThere(getManifest(repository, reference));
    }

    boolean hasBlob(String repository, Digest digest) {
        return isThere(send(HttpRequest.newBuilder(api(repository + "/blobs/" + digest)).GET()));
    }

    /** All tags of the repository, in the order in which the registry lists them. */
    List<String> tags(String repository) {
        List<String> tags = new ArrayList<>();
        json("/v2/" + repository + "/tags/list").path("tags").forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    /** The image index of the manifests whose subject this is. */
    JsonNode referrers(String repository, Digest subject) {
        return json("/v2/" + repository + "/referrers/" + subject);
    }

    static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parse(String json) {
        return parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode json(String path) {
        HttpResponse<byte[]> reply = send(HttpRequest.newBuilder(url.resolve(path)).GET());
        assertThat(reply.statusCode()).as("GET of %s", path).isEqualTo(200);
        return parse(reply.body());
    }

    private HttpResponse<byte[]> getManifest(String repository, Object reference) {
        return send(HttpRequest.newBuilder(api(repository + "/manifests/" + reference))
                .header("Accept", MANIFEST_TYPES)
                .GET());
    }

    private static boolean isThere(HttpResponse<byte[]> reply) {
        assertThat(reply.statusCode()).isIn(200, 404);
        return reply.statusCode() == 200;
    }

    private URI api(String path) {
        return url.resolve("/v2/" + path);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        account.ifPresent(known -> request.header("Authorization", known.basic()));
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the registry was asked", e);
        }
    }
}
