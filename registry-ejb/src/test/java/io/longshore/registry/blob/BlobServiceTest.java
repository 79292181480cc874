package io.longshore.registry.blob;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Visibility;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.contract.Workers;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlobServiceTest {
    private static final RepositoryName SOURCE = RepositoryName.parse("team/source");
    private static final RepositoryName TARGET = RepositoryName.parse("team/target");
    private static final RepositoryName OTHER = RepositoryName.parse("team/other");

    private static TestDatabase postgres;

    private final MemoryBlobStore store = new MemoryBlobStore();
    private final BlobService blobs = new BlobService(postgres.database(), store);
    private final Content content = Content.random(1000);
    private final Digest digest = content.digest();

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @AfterEach
    void empty() {
        postgres.run("truncate repository, blob, link cascade");
    }

    @ParameterizedTest
    @EnumSource
    void opensWhatARepositoryHas(DigestAlgorithm algorithm) throws IOException {
        Blobs.putAs(store, content, content.digest(algorithm));
        add(SOURCE, content.digest(algorithm));

        assertThat(blobs.sizeOf(SOURCE, content.digest(algorithm))).isEqualTo(1000);
        try (BlobContent opened = blobs.open(content.digest(algorithm), 1000, 0)) {
            assertThat(Blobs.read(opened)).isEqualTo(content.bytes());
        }
        assertUnknown(() -> blobs.sizeOf(TARGET, content.digest(algorithm)));
    }

    @Test
    void tellsBytesThatAreLostFromABlobThatIsUnknown() {
        add(SOURCE, digest);

        assertThatExceptionOfType(BlobLostException.class).isThrownBy(() -> blobs.open(digest, 1000, 0));
    }

    @Test
    void doesNotPassOffAPartOfABlobAsTheBlob() throws IOException {
        Blobs.putAs(store, content.part(0, 999), digest);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> blobs.open(digest, 1000, 0))
                .withMessageContaining("999 bytes in the storage, not 1000");
    }

    @Test
    void mountsFromTheRepositoryNamed() {
        add(SOURCE, digest);

        assertThat(blobs.mount(ALICE, TARGET, digest, SOURCE)).isTrue();

        assertThat(blobs.sizeOf(TARGET, digest)).isEqualTo(1000);
        assertThat(blobs.sizeOf(SOURCE, digest)).isEqualTo(1000);
    }

    @Test
    void mountsFromAnyRepositoryWhereNoneIsNamed() {
        add(SOURCE, digest);

        assertThat(blobs.mount(ALICE, TARGET, digest, Visibility.ALL)).isTrue();

        assertThat(blobs.sizeOf(TARGET, digest)).isEqualTo(1000);
    }

    @Test
    void mountsWhatTheRepositoryHasAlready() {
        add(SOURCE, digest);

        assertThat(blobs.mount(ALICE, SOURCE, digest, SOURCE)).isTrue();
        assertThat(blobs.mount(ALICE, SOURCE, digest, Visibility.ALL)).isTrue();

        assertThat(links()).hasSize(1);
    }

    @Test
    void mountsNothingThatTheRepositoryNamedDoesNotHave() {
        add(SOURCE, digest);
        add(OTHER, Content.random(10).digest());

        assertThat(blobs.mount(ALICE, TARGET, digest, OTHER)).isFalse();
        assertThat(blobs.mount(ALICE, TARGET, digest, RepositoryName.parse("no/such"))).isFalse();
        assertThat(blobs.mount(ALICE, TARGET, Content.random(10).digest(), Visibility.ALL)).isFalse();

        assertThat(postgres.column("select name from repository order by name")).containsExactly(
                OTHER.value(), SOURCE.value());
    }

    /** Its bytes may be swept at any moment. */
    @Test
    void mountsNothingThatNoRepositoryHasAnyMore() {
        add(SOURCE, digest);
        blobs.delete(ALICE, SOURCE, digest);

        assertThat(blobs.mount(ALICE, TARGET, digest, Visibility.ALL)).isFalse();
        assertThat(blobs.mount(ALICE, TARGET, digest, SOURCE)).isFalse();
    }

    @Test
    void deletesFromOneRepositoryAndLeavesTheOthersTheirs() {
        add(SOURCE, digest);
        blobs.mount(ALICE, TARGET, digest, SOURCE);

        blobs.delete(ALICE, SOURCE, digest);

        assertUnknown(() -> blobs.sizeOf(SOURCE, digest));
        assertUnknown(() -> blobs.delete(ALICE, SOURCE, digest));
        assertUnknown(() -> blobs.delete(ALICE, OTHER, digest));
        assertThat(blobs.sizeOf(TARGET, digest)).isEqualTo(1000);
    }

    @Test
    void comesBackWhenItIsPushedAgain() {
        add(SOURCE, digest);
        blobs.delete(ALICE, SOURCE, digest);

        add(SOURCE, digest);

        assertThat(blobs.sizeOf(SOURCE, digest)).isEqualTo(1000);
    }

    /** All that a push makes, repository, blob and link, is made by sixteen at once. */
    @RepeatedTest(5)
    void manyPushesOfTheSameBlobAllSucceed() throws Exception {
        Workers.run(16, worker -> add(worker % 2 == 0 ? SOURCE : TARGET, digest));

        assertThat(blobs.sizeOf(SOURCE, digest)).isEqualTo(1000);
        assertThat(blobs.sizeOf(TARGET, digest)).isEqualTo(1000);
        assertThat(links()).hasSize(2);
        assertThat(postgres.column("select digest from blob")).hasSize(1);
    }

    @RepeatedTest(5)
    void pushesMountsAndDeletesOfTheSameBlobDoNotHinderEachOther() throws Exception {
        add(SOURCE, digest);
        Workers.run(8, worker -> {
            for (int i = 0; i < 20; i++) {
                switch ((worker + i) % 4) {
                    case 0 -> add(TARGET, digest);
                    case 1 -> assertThat(blobs.mount(ALICE, TARGET, digest, SOURCE)).isTrue();
                    case 2 -> assertThat(blobs.mount(ALICE, OTHER, digest, Visibility.ALL)).isTrue();
                    default -> deleteIfThere(worker % 2 == 0 ? TARGET : OTHER);
                }
            }
        });
        assertThat(blobs.sizeOf(SOURCE, digest)).isEqualTo(1000);
        assertThat(blobs.mount(ALICE, TARGET, digest, SOURCE)).isTrue();
        assertThat(blobs.sizeOf(TARGET, digest)).isEqualTo(1000);
    }

    private void deleteIfThere(RepositoryName repository) {
        try {
            blobs.delete(ALICE, repository, digest);
        } catch (RegistryException.NotFound another) {
            assertThat(another).isNotNull();
        }
    }

    private static List<String> links() {
        return postgres.column("select blob_id from link");
    }

    private void add(RepositoryName repository, Digest blob) {
        postgres.database().transaction(tx -> {
            blobs.add(ALICE, tx, repository, blob, 1000, Seen.BY_ITSELF);
            return null;
        });
    }

    private static void assertUnknown(ThrowingCallable call) {
        RegistryException refused = catchThrowableOfType(RegistryException.NotFound.class, call);
        assertThat(refused.errors()).extracting(RegistryException.Error::code).containsExactly(ErrorCode.BLOB_UNKNOWN);
    }
}
