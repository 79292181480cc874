package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.Digest;

/** An upload under way. Goes to the location that the registry named last, as clients do. */
public final class Upload {
    private final Http http;
    private final Repository repository;
    private final String uuid;
    private String location;

    private Upload(Http http, Repository repository, Reply started) {
        this.http = http;
        this.repository = repository;
        this.uuid = started.header("Docker-Upload-UUID");
        this.location = started.header("Location");
    }

    public static Upload start(Http http, Repository repository) {
        return start(http, repository, "");
    }

    /** @param query with its question mark */
    public static Upload start(Http http, Repository repository, String query) {
        return new Upload(http, repository, http.post(repository.uploads() + query).send().expect(202));
    }

    public String location() {
        return location;
    }

    public String uuid() {
        return uuid;
    }

    /** The next chunk, yet to be sent. */
    public Request patch() {
        return http.patch(location);
    }

    /** Sends the next chunk, without saying where it lies. */
    public Upload append(byte[] chunk) {
        return take(patch().body(chunk).send().expect(202));
    }

    /** Sends a chunk that begins at {@code start}. */
    public Upload append(int start, byte[] chunk) {
        return take(patch().header("Content-Range", range(start, chunk)).body(chunk).send().expect(202));
    }

    /** The value of {@code Content-Range} as the specification has it. */
    public static String range(int start, byte[] chunk) {
        return start + "-" + (start + chunk.length - 1);
    }

    /** Checks that the reply says how to go on, and goes on so. */
    public Upload take(Reply reply) {
        assertThat(reply.header("Docker-Upload-UUID")).isEqualTo(uuid);
        location = reply.header("Location");
        return this;
    }

    /** The closing request, yet to be sent. */
    public Request put(Digest digest) {
        return http.put(location + (location.contains("?") ? "&" : "?") + "digest=" + digest);
    }

    /** Closes the upload and checks that the blob is there. */
    public void finish(Digest digest, byte[] blob) {
        created(put(digest).send(), digest, blob);
    }

    /** Checks that this reply to the closing request is right, and the blob there. */
    public void created(Reply reply, Digest digest, byte[] blob) {
        reply.expect(201);
        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(digest.toString());
        assertThat(reply.header("Location")).isEqualTo(repository.blob(digest));
        assertThat(reply.contentLength()).isZero();
        assertThat(http.get(reply.header("Location")).send().expect(200).body()).isEqualTo(blob);
        http.get(location).send().expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }

    /** What the registry says of the upload: {@code 0-<last byte>}. */
    public String range() {
        Reply status = http.get(location).send().expect(204);
        take(status);
        return status.header("Range");
    }
}
