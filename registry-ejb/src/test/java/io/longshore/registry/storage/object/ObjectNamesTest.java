package io.longshore.registry.storage.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.storage.contract.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectNamesTest {

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "/, ''",
        "//, ''",
        "root, root/",
        "/root/, root/",
        "//some/root//, some/root/",
        "//odd//root, odd//root/",
        "./root, ./root/",
        "/sp ace/ü+%20, sp ace/ü+%20/"
    })
    void treeLiesBelowTheRoot(String root, String prefix) {
        ObjectNames names = new ObjectNames(root);

        assertThat(names.blobs()).isEqualTo(prefix + "docker/registry/v2/blobs/");
        assertThat(names.uploads()).isEqualTo(prefix + "docker/registry/v2/uploads/");
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void blobLiesWhereDistributionHasIt(DigestAlgorithm algorithm) {
        Digest digest = Content.of("some").digest(algorithm);

        assertThat(new ObjectNames("/root").blob(digest))
                .isEqualTo("root/docker/registry/v2/blobs/" + algorithm.id() + "/" + digest.hex().substring(0, 2) + "/"
                        + digest.hex() + "/data");
    }
}
