package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several requests on one upload at once: one wins, and no byte of the others gets into the blob. */
@ExtendWith(RegistryExtension.class)
@Tag("end-5")
@Tag("end-6")
class ConcurrentUploadIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "concurrent");
    private final byte[] blob = TestContent.bytes(400_000);
    private final byte[] half = Arrays.copyOf(blob, 200_000);
    private final byte[] rest = Arrays.copyOfRange(blob, 200_000, 400_000);
    private final Digest digest = TestContent.sha256(blob);
    private final Upload upload = Upload.start(http, repository);

    /** Sends half a chunk, of which the registry has begun to read when this returns. */
    private RawConnection beginPatch() throws IOException {
        RawConnection connection = http.connect();
        connection.sendHead(
                "PATCH " + upload.location() + " HTTP/1.1",
                "Host: x",
                "Content-Length: " + blob.length,
                "Expect: 100-continue");
        connection.read("PATCH").expect(100);
        return connection.send(TestContent.bytes(200_000));
    }

    @Test
    @Tag("code-2")
    void givesTheUploadToTheLaterOfTwoChunks() throws Exception {
        try (RawConnection earlier = beginPatch()) {
            upload.append(0, half);

            earlier.send(TestContent.bytes(200_000));

            earlier.read("PATCH").expectError(409, "BLOB_UPLOAD_INVALID");
        }
        assertThat(upload.range()).isEqualTo("0-199999");
        upload.append(200_000, rest).finish(digest, blob);
    }

    @Test
    void endsAChunkWhoseUploadIsCancelled() throws Exception {
        try (RawConnection sending = beginPatch()) {
            http.delete(upload.location()).send().expect(204);

            sending.send(TestContent.bytes(200_000));

            sending.read("PATCH").expectError(409, "BLOB_UPLOAD_INVALID");
        }
        http.get(upload.location()).send().expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void takesOneOfManyFirstChunks() throws Exception {
        List<Integer> statuses = atOnce(8, () -> upload.patch()
                .header("Content-Range", Upload.range(0, half))
                .body(half)
                .send()
                .status());

        assertThat(statuses).contains(202).isSubsetOf(202, 409, 416);
        assertThat(upload.range()).isEqualTo("0-199999");
        upload.append(200_000, rest).finish(digest, blob);
    }

    /** A client that heard nothing asks again, and may be told by both. */
    @Test
    void closesAnUploadHoweverManyCloseIt() throws Exception {
        upload.append(0, blob);

        List<Integer> statuses = atOnce(8, () -> upload.put(digest).send().status());

        assertThat(statuses).contains(201).isSubsetOf(201, 404, 409);
        assertThat(http.get(repository.blob(digest)).send().expect(200).body()).isEqualTo(blob);
    }

    @Test
    void storesABlobThatManyUploadAtOnce() throws Exception {
        List<Integer> statuses = atOnce(8, () -> Upload.start(http, repository)
                .append(0, half)
                .append(200_000, rest)
                .put(digest)
                .send()
                .status());

        assertThat(statuses).containsOnly(201);
        assertThat(http.get(repository.blob(digest)).send().expect(200).body()).isEqualTo(blob);
    }

    private static List<Integer> atOnce(int clients, Callable<Integer> request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Integer>> replies = threads.invokeAll(Collections.nCopies(clients, request));
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> reply : replies) {
                statuses.add(reply.get());
            }
            return statuses;
        } finally {
            threads.shutdownNow();
        }
    }
}
