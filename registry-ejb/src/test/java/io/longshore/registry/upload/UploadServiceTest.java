package io.longshore.registry.upload;

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
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.filesystem.FilesystemBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UploadServiceTest {
    private static final RepositoryName REPOSITORY = RepositoryName.parse("test/uploads");
    private static final Optional<ChunkRange> NO_RANGE = Optional.empty();

    private static TestDatabase postgres;

    @TempDir
    private Path root;

    private final Content content = Content.random(300_000);
    private Node node;
    private UploadService uploads;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @BeforeEach
    void startNode() throws IOException {
        node = Node.on(postgres.database(), new FilesystemBlobStore(root, 100));
        uploads = node.uploads;
    }

    @AfterEach
    void endSessions() {
        postgres.run("delete from upload_session");
    }

    @ParameterizedTest
    @EnumSource
    void receivesABlobInChunksThatSayWhereTheyLie(DigestAlgorithm algorithm) throws IOException {
        UploadId id = uploads.start(ALICE, REPOSITORY, algorithm);

        assertThat(uploads.status(ALICE, REPOSITORY, id)).isZero();
        assertThat(node.append(REPOSITORY, id, content, 0, 1)).isEqualTo(1);
        assertThat(node.append(REPOSITORY, id, content, 1, 200_000)).isEqualTo(200_000);
        assertThat(uploads.status(ALICE, REPOSITORY, id)).isEqualTo(200_000);
        uploads.finish(
                ALICE,
                REPOSITORY,
                id,
                Node.range(200_000, 300_000),
                Bodies.of(content.part(200_000, 300_000)),
                content.digest(algorithm));

        assertUploaded(content, content.digest(algorithm));
        assertGone(id);
    }

    @Test
    void receivesABlobInChunksOfUnknownLength() throws IOException {
        UploadId id = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);

        uploads.append(ALICE, REPOSITORY, id, NO_RANGE, Bodies.unannounced(content.part(0, 100_000)));
        uploads.append(ALICE, REPOSITORY, id, NO_RANGE, Bodies.unannounced(content.part(100_000, 300_000)));
        uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.empty(), content.digest());

        assertUploaded(content, content.digest());
    }

    @Test
    void receivesABlobWhole() throws IOException {
        UploadId id = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);

        uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content), content.digest());

        assertUploaded(content, content.digest());
    }

    @ParameterizedTest
    @EnumSource
    void receivesABlobInASingleRequest(DigestAlgorithm algorithm) throws IOException {
        uploads.push(ALICE, REPOSITORY, Bodies.unannounced(content), content.digest(algorithm));

        assertUploaded(content, content.digest(algorithm));
    }

    @Test
    void receivesTheEmptyBlob() throws IOException {
        Content empty = Content.of("");
        UploadId id = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);

        uploads.append(ALICE, REPOSITORY, id, NO_RANGE, Bodies.empty());
        uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.empty(), empty.digest());
        assertUploaded(empty, empty.digest());

        uploads.push(ALICE, REPOSITORY, Bodies.empty(), empty.digest(DigestAlgorithm.SHA512));
        assertUploaded(empty, empty.digest(DigestAlgorithm.SHA512));
    }

    @Test
    void receivesByteByByte() throws IOException {
        Content small = content.part(0, 300);
        UploadId id = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);

        uploads.append(ALICE, REPOSITORY, id, NO_RANGE, Bodies.byteByByte(small.part(0, 200)));
        for (int i = 200; i < 300; i++) {
            assertThat(node.append(REPOSITORY, id, small, i, i + 1)).isEqualTo(i + 1);
        }
        uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.empty(), small.digest());

        assertUploaded(small, small.digest());
    }

    /** OCI distribution-spec, "Pushing blobs": a client may announce its algorithm, but need not. */
    @Test
    void takesADigestByAnAlgorithmThatTheSessionDidNotAnnounce() throws IOException {
        UploadId begun = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        node.append(REPOSITORY, begun, content, 0, 200_000);
        uploads.finish(
                ALICE,
                REPOSITORY,
                begun,
                NO_RANGE,
                Bodies.of(content.part(200_000, 300_000)),
                content.digest(DigestAlgorithm.SHA512));
        assertUploaded(content, content.digest(DigestAlgorithm.SHA512));

        UploadId untouched = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA512);
        uploads.finish(ALICE, REPOSITORY, untouched, NO_RANGE, Bodies.of(content), content.digest());
        assertUploaded(content, content.digest());
    }

    @Test
    void sendsAChunkOutOfOrderToWhereItBelongs() throws IOException {
        UploadId id = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        node.append(REPOSITORY, id, content, 0, 1000);

        for (int start : List.of(0, 999, 1001, 200_000)) {
            RegistryException.OutOfOrder refused = catchThrowableOfType(
                    RegistryException.OutOfOrder.class, () -> node.append(REPOSITORY, id, content, start, 250_000));
            assertThat(refused.sizeBytes()).isEqualTo(1000);
        }
        assertThatExceptionOfType(RegistryException.OutOfOrder.class)
                .isThrownBy(() -> uploads.finish(
                        ALICE, REPOSITORY, id, Node.range(0, 10), Bodies.of(content.part(0, 10)), content.digest()));
        assertGoesOn(id, 1000);
    }

    @Test
    void keepsWhatWasAcknowledgedWhenABodyBreaksOff() throws IOException {
        UploadId id = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        UploadBody first = Bodies.brokenAfter(content.part(0, 5000));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> uploads.append(ALICE, REPOSITORY, id, NO_RANGE, first));
        assertThat(uploads.status(ALICE, REPOSITORY, id)).isZero();
        assertThat(node.store.stages()).isEmpty();

        node.append(REPOSITORY, id, content, 0, 1000);
        UploadBody second = Bodies.brokenAfter(content.part(1000, 290_000));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> uploads.append(ALICE, REPOSITORY, id, Node.range(1000, 300_000), second));
        UploadBody last = Bodies.brokenAfter(content.part(1000, 300_000));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, last, content.digest()));
        assertGoesOn(id, 1000);
    }

    @Test
    void refusesABodyOfAnotherLengthThanAnnounced() throws IOException {
        UploadId id = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        node.append(REPOSITORY, id, content, 0, 1000);

        for (int announced : List.of(499, 501)) {
            UploadBody body = Bodies.announcing(announced, content.part(1000, 1500));
            assertInvalid(ErrorCode.SIZE_INVALID, () -> uploads.append(ALICE, REPOSITORY, id, NO_RANGE, body));
        }
        for (int end : List.of(1499, 1501)) {
            UploadBody body = Bodies.of(content.part(1000, 1500));
            assertInvalid(
                    ErrorCode.SIZE_INVALID, () -> uploads.append(ALICE, REPOSITORY, id, Node.range(1000, end), body));
        }
        assertInvalid(
                ErrorCode.SIZE_INVALID,
                () -> uploads.push(ALICE, REPOSITORY, Bodies.announcing(10, content), content.digest()));
        assertGoesOn(id, 1000);
    }

    @Test
    void keepsTheSessionWhenTheDigestIsWrong() throws IOException {
        Digest wrong = Content.of("something else").digest();
        Digest wrongToo = Content.of("something else").digest(DigestAlgorithm.SHA512);
        UploadId id = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        node.append(REPOSITORY, id, content, 0, 1000);

        for (Digest digest : List.of(wrong, wrongToo)) {
            UploadBody rest = Bodies.of(content.part(1000, 300_000));
            assertInvalid(
                    ErrorCode.DIGEST_INVALID,
                    () -> uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, rest, digest));
            Blobs.assertNoBlob(node.store, digest);
        }
        assertGoesOn(id, 1000);
    }

    @Test
    void keepsAnUntouchedSessionWhenTheDigestIsWrong() throws IOException {
        Digest wrong = Content.of("something else").digest(DigestAlgorithm.SHA512);
        UploadId id = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);

        assertInvalid(
                ErrorCode.DIGEST_INVALID,
                () -> uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content), wrong));
        assertInvalid(ErrorCode.DIGEST_INVALID, () -> uploads.push(ALICE, REPOSITORY, Bodies.of(content), wrong));
        assertThat(node.store.stages()).isEmpty();

        assertGoesOn(id, 0);
    }

    @Test
    void givesAnUploadUp() throws IOException {
        UploadId id = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        node.append(REPOSITORY, id, content, 0, 1000);

        uploads.cancel(ALICE, REPOSITORY, id);

        assertGone(id);
        assertThat(node.store.stages()).isEmpty();
        assertUnknown(() -> uploads.cancel(ALICE, REPOSITORY, id));
    }

    @Test
    void knowsAnUploadInItsOwnRepositoryOnly() throws IOException {
        RepositoryName other = RepositoryName.parse("test/other");
        UploadId id = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);

        assertUnknown(() -> uploads.status(ALICE, other, id));
        assertUnknown(() -> uploads.append(ALICE, other, id, NO_RANGE, Bodies.of(content)));
        assertUnknown(() -> uploads.finish(ALICE, other, id, NO_RANGE, Bodies.of(content), content.digest()));
        assertUnknown(() -> uploads.cancel(ALICE, other, id));
        assertGoesOn(id, 0);
    }

    @Test
    void takesABlobThatIsThereAlreadyAgain() throws IOException {
        for (int i = 0; i < 3; i++) {
            uploads.push(ALICE, REPOSITORY, Bodies.of(content), content.digest());
        }
        assertUploaded(content, content.digest());
        assertThat(postgres.column("select count(*) from link l join blob b on b.id = l.blob_id where b.digest ="
                        + " digest_of('" + content.digest() + "')"))
                .containsExactly("1");
    }

    @Test
    void makesNoRepositoryBeforeThereIsABlob() throws IOException {
        RepositoryName fresh = RepositoryName.parse("test/fresh");
        UploadId id = uploads.start(ALICE, fresh, DigestAlgorithm.SHA256);
        node.append(fresh, id, content, 0, 1000);
        assertThat(repositories(fresh)).isEmpty();

        uploads.finish(ALICE, fresh, id, NO_RANGE, Bodies.of(content.part(1000, 300_000)), content.digest());
        assertThat(repositories(fresh)).containsExactly(fresh.value());
    }

    private static List<String> repositories(RepositoryName name) {
        return postgres.column("select name from repository where name = '" + name + "'");
    }

    /** Sends the rest of the content, which has to come out whole. */
    private void assertGoesOn(UploadId id, int from) throws IOException {
        assertThat(uploads.status(ALICE, REPOSITORY, id)).isEqualTo(from);
        node.append(REPOSITORY, id, content, from, 250_000);
        uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content.part(250_000, 300_000)), content.digest());
        assertUploaded(content, content.digest());
    }

    private void assertUploaded(Content expected, Digest digest) throws IOException {
        assertThat(node.blobs.sizeOf(REPOSITORY, digest)).isEqualTo(expected.sizeBytes());
        Blobs.assertBlob(node.store, digest, expected);
        assertThat(node.store.stages()).isEmpty();
    }

    private void assertGone(UploadId id) {
        assertUnknown(() -> uploads.status(ALICE, REPOSITORY, id));
        assertUnknown(() -> uploads.append(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content)));
        assertUnknown(() -> uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content), content.digest()));
    }

    private static void assertUnknown(ThrowingCallable call) {
        RegistryException refused = catchThrowableOfType(RegistryException.NotFound.class, call);
        assertThat(refused.errors()).extracting(RegistryException.Error::code).containsExactly(
                ErrorCode.BLOB_UPLOAD_UNKNOWN);
    }

    private static void assertInvalid(ErrorCode code, ThrowingCallable call) {
        RegistryException refused = catchThrowableOfType(RegistryException.Invalid.class, call);
        assertThat(refused.errors()).extracting(RegistryException.Error::code).containsExactly(code);
    }
}
