package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A whole blob in a single request. */
@ExtendWith(RegistryExtension.class)
@Tag("end-4b")
class SinglePostIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "single");
    private final byte[] blob = TestContent.bytes(50_000);
    private final Digest digest = TestContent.sha256(blob);

    private Request post(Object withDigest) {
        return http.post(repository.uploads() + "?digest=" + withDigest);
    }

    @Test
    void storesTheBlob() {
        Reply reply = post(digest).body(blob).send().expect(201);

        assertThat(reply.header("Location")).isEqualTo(repository.blob(digest));
        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(digest.toString());
        assertThat(reply.contentLength()).isZero();
        assertThat(reply.headers()).doesNotContainKey("Docker-Upload-UUID");
        assertThat(http.get(reply.header("Location")).send().expect(200).body()).isEqualTo(blob);
    }

    @Test
    void takesABodyOfUnannouncedLength() {
        post(digest).chunked(blob).send().expect(201);

        assertThat(http.get(repository.blob(digest)).send().expect(200).body()).isEqualTo(blob);
    }

    @Test
    void waitsForTheBodyThatAClientAnnounces() {
        post(digest).body(blob).expectContinue().send().expect(201);
    }

    @Test
    void storesTheEmptyBlob() {
        byte[] nothing = {};

        post(TestContent.sha256(nothing)).body(nothing).send().expect(201);

        assertThat(http.head(repository.blob(TestContent.sha256(nothing))).send().expect(200).contentLength()).isZero();
    }

    @Test
    void storesABlobUnderItsSha512Digest() {
        Digest sha512 = TestContent.sha512(blob);

        Reply reply = post(sha512).body(blob).send().expect(201);

        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(sha512.toString());
        assertThat(http.get(repository.blob(sha512)).send().expect(200).body()).isEqualTo(blob);
        http.get(repository.blob(digest)).send().expectError(404, "BLOB_UNKNOWN");
    }

    @Test
    void takesTheAlgorithmBesideTheDigest() {
        Digest sha512 = TestContent.sha512(blob);

        http.post(repository.uploads() + "?digest-algorithm=sha512&digest=" + sha512).body(blob).send().expect(201);
    }

    @Test
    void answersThePushOfTheSameBlobAsTheFirst() {
        Reply first = post(digest).body(blob).send().expect(201);
        Reply second = post(digest).body(blob).send().expect(201);

        assertThat(Headers.withoutDate(second)).isEqualTo(Headers.withoutDate(first));
    }

    @Test
    void takesTheSameBlobFromManyClientsAtOnce() throws Exception {
        List<Repository> repositories = Stream.generate(() -> Repository.fresh(http, "at-once")).limit(4).toList();
        Callable<List<Integer>> push = () -> repositories.stream()
                .map(target -> http.post(target.uploads() + "?digest=" + digest).body(blob).send().status())
                .toList();
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            for (Future<List<Integer>> pushed : clients.invokeAll(Collections.nCopies(8, push))) {
                assertThat(pushed.get()).containsOnly(201);
            }
        } finally {
            clients.shutdownNow();
        }
        for (Repository target : repositories) {
            assertThat(http.get(target.blob(digest)).send().expect(200).body()).isEqualTo(blob);
        }
    }

    @Test
    @Tag("code-4")
    void refusesBytesWithAnotherDigest() {
        Digest wrong = TestContent.unknownDigest();

        Reply reply = post(wrong).body(blob).send().expectError(400, "DIGEST_INVALID");

        assertThat(reply.errorDetails()).containsExactly(wrong.toString());
        http.get(repository.blob(wrong)).send().expectError(404, "BLOB_UNKNOWN");
        http.get(repository.blob(digest)).send().expectError(404, "BLOB_UNKNOWN");
        http.get(repository.path("tags/list")).send().expectError(404, "NAME_UNKNOWN");
    }

    @Test
    @Tag("code-4")
    void refusesWhatIsNoDigest() {
        for (String text : new String[] {"", "sha256", "sha256:abc", "md5:d41d8cd98f00b204e9800998ecf8427e", "%00"}) {
            post(text).body(blob).send().expectError(400, "DIGEST_INVALID");
        }
    }
}
