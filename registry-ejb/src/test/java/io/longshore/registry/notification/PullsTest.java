package io.longshore.registry.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.database.FaultyLine;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RepositoryName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PullsTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private TestDatabase postgres;
    private TestNode node;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        node = new TestNode(postgres.database(), new FakeReceiver(), TestEndpoint.named("hook"));
    }

    @AfterEach
    void close() {
        node.close();
        postgres.close();
    }

    private Pulls pulls(Database database) {
        return new Pulls(database, node.endpoints, true, () -> {});
    }

    private static Pull pull(int number) {
        return pull(number, MediaTypes.OCTET_STREAM);
    }

    private static Pull pull(int number, String mediaType) {
        return new Pull(
                Instant.now(), new Actor("user:alice", ""), EventAction.BLOB_PULL, RepositoryName.parse("team/app"),
                Optional.empty(), Digest.of(DigestAlgorithm.SHA256, new byte[0]), mediaType, OptionalLong.of(number), Optional.empty());
    }

    private static Pull manifestPull(int number, String mediaType, byte[] manifest) {
        return new Pull(
                Instant.now(), new Actor("user:alice", ""), EventAction.MANIFEST_PULL, RepositoryName.parse("team/app"),
                Optional.empty(), Digest.of(DigestAlgorithm.SHA256, manifest), mediaType, OptionalLong.of(number),
                Optional.of(manifest));
    }

    private List<Integer> written() {
        return postgres.column("select size_bytes from webhook_event order by id").stream().map(Integer::valueOf).toList();
    }

    private List<String> contents() {
        return postgres.column("select content from webhook_event order by id");
    }

    @Test
    void areToldInTheirOrder() {
        Pulls pulls = pulls(postgres.database());
        IntStream.range(0, 12_000).forEach(number -> pulls.add(pull(number)));
        pulls.stop();

        assertThat(written()).isEqualTo(IntStream.range(0, 12_000).boxed().toList());
    }

    @Test
    void tellWhatManifestsConsistOf() {
        byte[] index = ("{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"a/b\",\"size\":7,\"digest\":\""
                + DIGEST + "\"}]}").getBytes(StandardCharsets.UTF_8);
        byte[] note = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8);
        Pulls pulls = pulls(postgres.database());
        pulls.add(manifestPull(1, MediaTypes.OCI_INDEX, index));
        pulls.add(manifestPull(2, "application/vnd.acme", note));
        pulls.add(manifestPull(3, MediaTypes.OCI_INDEX, index));
        pulls.add(pull(4));
        pulls.stop();

        String told = "[{\"size\": 7, \"digest\": \"" + DIGEST + "\", \"mediaType\": \"a/b\"}]";
        assertThat(contents()).containsExactly(told, "[]", told, null);
    }

    @Test
    void areToldThoughTheirManifestBreaksTheRulesOfToday() {
        Pulls pulls = pulls(postgres.database());
        pulls.add(manifestPull(1, MediaTypes.OCI_INDEX, new byte[] {'{'}));
        pulls.add(pull(2));
        pulls.stop();

        assertThat(written()).containsExactly(1, 2);
        assertThat(contents()).containsOnlyNulls();
    }

    @Test
    void areWrittenByWhoAddsThemWhenTheirManifestsTakeMuchMemory() {
        byte[] large = new byte[20 << 20];
        Pulls pulls = pulls(postgres.database());
        IntStream.range(0, 6).forEach(number -> pulls.add(manifestPull(number, MediaTypes.OCI_INDEX, large)));

        assertThat(written()).containsExactly(0, 1, 2, 3);
        pulls.stop();
        assertThat(written()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void waitForADatabaseThatIsAway() throws Exception {
        try (FaultyLine line = new FaultyLine(TestDatabase.port()); Database far = postgres.over(line)) {
            Pulls pulls = pulls(far);
            pulls.add(pull(1));
            line.cut();
            pulls.stop();
            pulls.add(pull(2));
            assertThat(written()).isEmpty();

            line.heal();
            TestDatabase.useUpBroken(far);
            pulls.stop();
        }

        assertThat(written()).containsExactly(1, 2);
    }

    @Test
    void whatTheDatabaseRefusesHoldsUpNoOther() {
        Pulls pulls = pulls(postgres.database());
        pulls.add(pull(1, "a media type with a \0"));
        pulls.stop();
        Stream.of(2, 3).map(PullsTest::pull).forEach(pulls::add);
        pulls.stop();

        assertThat(written()).containsExactly(2, 3);
    }
}
