package io.longshore.registry.upload;

import static io.longshore.registry.audit.TestActor.ALICE;
import static io.longshore.registry.audit.TestActor.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import java.io.IOException;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To everybody but who began it, an upload does not exist. */
class UploadOwnerTest {
    private static final RepositoryName REPOSITORY = RepositoryName.parse("test/owned");
    private static final Optional<ChunkRange> NO_RANGE = Optional.empty();

    private static TestDatabase postgres;

    private final Content content = Content.random(10_000);
    private Node node;
    private UploadId id;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @BeforeEach
    void begin() throws IOException {
        node = Node.on(postgres.database(), new MemoryBlobStore());
        id = node.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        node.append(REPOSITORY, id, content, 0, 1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:bob", "robot:alice", "user:Alice", "user:alice ", "anonymous", "registry", ""})
    void isUnknownToAnybodyElse(String subject) throws IOException {
        Actor other = new Actor(subject, ALICE.address());
        for (Node any : new Node[] {node, node.another()}) {
            UploadService uploads = any.uploads;
            assertUnknown(() -> uploads.status(other, REPOSITORY, id));
            assertUnknown(() -> uploads.append(other, REPOSITORY, id, NO_RANGE, rest()));
            assertUnknown(() -> uploads.append(other, REPOSITORY, id, Node.range(5, 10), rest()));
            assertUnknown(() -> uploads.finish(other, REPOSITORY, id, NO_RANGE, rest(), content.digest()));
            assertUnknown(() -> uploads.cancel(other, REPOSITORY, id));
        }

        node.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, rest(), content.digest());
        Blobs.assertBlob(node.store, content);
    }

    @Test
    void goesOnFromAnotherAddress() throws IOException {
        Actor moved = new Actor(ALICE.subject(), BOB.address());

        assertThat(node.uploads.status(moved, REPOSITORY, id)).isEqualTo(1000);
        node.another().uploads.finish(moved, REPOSITORY, id, NO_RANGE, rest(), content.digest());

        Blobs.assertBlob(node.store, content);
    }

    private UploadBody rest() {
        return Bodies.of(content.part(1000, 10_000));
    }

    private static void assertUnknown(ThrowingCallable call) {
        RegistryException refused = catchThrowableOfType(RegistryException.NotFound.class, call);
        assertThat(refused.errors()).extracting(RegistryException.Error::code).containsExactly(
                ErrorCode.BLOB_UPLOAD_UNKNOWN);
    }
}
