package io.longshore.registry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestManifest;
import io.longshore.registry.model.Digest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the registry has said it has, and hence must have from then on. Thread-safe. */
final class Acknowledged {
    private final Http http;
    private final Repository repository;
    private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, TestManifest> tags = new ConcurrentHashMap<>();

    Acknowledged(Http http, Repository repository) {
        this.http = http;
        this.repository = repository;
    }

    void blob(Digest digest, byte[] blob) {
        blobs.put(digest, blob);
    }

    void tag(String tag, TestManifest manifest) {
        tags.put(tag, manifest);
    }

    int size() {
        return blobs.size() + tags.size();
    }

    /** Checks that all of it is there, byte for byte. */
    void isThere() {
        blobs.forEach((digest, blob) -> {
            Reply reply = http.get(repository.blob(digest)).send().expect(200);
            assertThat(reply.body()).as("blob %s", digest).isEqualTo(blob);
            assertThat(reply.header("Docker-Content-Digest")).isEqualTo(digest.toString());
        });
        tags.forEach((tag, manifest) -> {
            isManifest(tag, manifest);
            isManifest(manifest.digest(), manifest);
        });
    }

    private void isManifest(Object reference, TestManifest manifest) {
        Reply reply = http.get(repository.manifest(reference))
                .header("Accept", manifest.mediaType())
                .send()
                .expect(200);
        assertThat(reply.body()).as("manifest %s", reference).isEqualTo(manifest.bytes());
        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(manifest.digest().toString());
    }
}
