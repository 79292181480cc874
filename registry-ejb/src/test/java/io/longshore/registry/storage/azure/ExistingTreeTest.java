package io.longshore.registry.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.specialized.AppendBlobClient;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs as distribution wrote them. */
@ExtendWith(AzuriteExtension.class)
class ExistingTreeTest {
    private Azurite azurite;
    private BlobContainerClient container;

    @BeforeEach
    void find(Azurite azurite) {
        this.azurite = azurite;
        this.container = azurite.newContainer();
    }

    private AzureBlobStore open(String root, boolean legacyRootPrefix) throws IOException {
        AzureSettings plain = azurite.settings(container);
        return Azurite.open(
                new AzureSettings(
                        plain.accountName(), plain.credential(), plain.endpoint(), plain.container(), root,
                        legacyRootPrefix, plain.maxRetries(), plain.retryDelay(), plain.addressLifetime(),
                        plain.publicEndpoint()),
                new Limits(1000, 20_000));
    }

    private static String path(Content content) {
        String hex = content.digest().hex();
        return "docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data";
    }

    @ParameterizedTest
    @CsvSource({
        "'', false, ''",
        "/, false, ''",
        "some/where, false, some/where/",
        "/some/where/, false, some/where/",
        "'', true, /",
        "/, true, /",
        "some/where, true, /some/where/",
        "/some/where/, true, /some/where/",
    })
    void blobsLieWhereDistributionPutThem(String root, boolean legacyRootPrefix, String prefix) throws Exception {
        Content content = Content.random(5000);
        container.getBlobClient(prefix + path(content)).upload(BinaryData.fromBytes(content.bytes()));
        AzureBlobStore store = open(root, legacyRootPrefix);
        Blobs.assertBlob(store, content);
        Content added = Content.random(3000);
        Blobs.put(store, added);

        assertThat(container.listBlobs().stream().map(BlobItem::getName))
                .containsExactlyInAnyOrder(prefix + path(content), prefix + path(added));
        assertThat(store.delete(content.digest())).isTrue();
        Blobs.assertNoBlob(store, content.digest());
    }

    /** It used append blobs for what came in chunks. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void appendBlobsAreReadAndReplaced(boolean large) throws Exception {
        Content content = Content.random(large ? 25_000 : 800);
        AppendBlobClient old = container.getBlobClient(path(content)).getAppendBlobClient();
        old.create();
        for (int at = 0; at < content.sizeBytes(); at += 400) {
            Content piece = content.part(at, Math.min(at + 400, content.sizeBytes()));
            old.appendBlock(new ByteArrayInputStream(piece.bytes()), piece.sizeBytes());
        }
        AzureBlobStore store = open("", false);
        Blobs.assertBlob(store, content);
        Blobs.put(store, content);

        Blobs.assertBlob(store, content);
    }

    @Test
    void stagesLieInTheSameTree() throws Exception {
        for (boolean legacyRootPrefix : List.of(false, true)) {
            try (Stage stage = open("root", legacyRootPrefix).begin()) {
                stage.write(Content.random(1500).buffer());
            }
        }
        assertThat(container.listBlobs().stream().map(BlobItem::getName))
                .hasSize(2)
                .anyMatch(name -> name.startsWith("root/docker/registry/v2/uploads/"))
                .anyMatch(name -> name.startsWith("/root/docker/registry/v2/uploads/"));
    }
}
