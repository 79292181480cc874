package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RegistryExtension.class)
@Tag("end-4c")
class DigestAlgorithmIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "algorithm");
    private final byte[] blob = TestContent.bytes(10_000);
    private final Digest sha256 = TestContent.sha256(blob);
    private final Digest sha512 = TestContent.sha512(blob);

    private Upload inTwoChunks(String query) {
        return Upload.start(http, repository, query)
                .append(0, Arrays.copyOf(blob, 6000))
                .append(6000, Arrays.copyOfRange(blob, 6000, 10_000));
    }

    @Test
    void takesChunksOfABlobWithASha512Digest() {
        inTwoChunks("?digest-algorithm=sha512").finish(sha512, blob);
    }

    @Test
    void takesTheDefaultByName() {
        inTwoChunks("?digest-algorithm=sha256").finish(sha256, blob);
    }

    @Test
    void takesAnotherAlgorithmThanAnnouncedAtTheEnd() {
        inTwoChunks("?digest-algorithm=sha512").finish(sha256, blob);
        inTwoChunks("").finish(sha512, blob);
    }

    @Test
    void comparesTheDigestOfAnUnannouncedAlgorithmToo() {
        Upload upload = inTwoChunks("");

        upload.put(TestContent.sha512(new byte[1])).send().expectError(400, "DIGEST_INVALID");

        assertThat(upload.range()).isEqualTo("0-9999");
        upload.finish(sha512, blob);
    }

    @Test
    @Tag("code-4")
    void refusesAnAlgorithmThatItDoesNotKnow() {
        for (String name : new String[] {"md5", "", "SHA256", "sha-256", "blake3"}) {
            http.post(repository.uploads() + "?digest-algorithm=" + name).send().expectError(400, "DIGEST_INVALID");
        }
    }
}
