package io.longshore.registry.audit;

import static io.longshore.registry.audit.TestActor.ALICE;
import static io.longshore.registry.audit.TestActor.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.database.Slice;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.storage.contract.Randomness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final RepositoryName REPOSITORY = RepositoryName.parse("team/app");
    private static final Digest DIGEST = Digest.of(DigestAlgorithm.SHA512, new byte[] {1});
    private static final List<String> ACTS = List.of("tag.delete", "tag.drop", "tagging", "blob.push", "t", "tag.");
    private static final List<Actor> ACTORS = List.of(ALICE, BOB, Actor.REGISTRY, new Actor("user:bob", "192.0.2.7"));
    private static final List<RepositoryName> NAMES =
            List.of(REPOSITORY, RepositoryName.parse("team/app2"), RepositoryName.parse("team"));

    private static TestDatabase postgres;
    private static Audit audit;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
        audit = new Audit(postgres.database());
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @AfterEach
    void empty() {
        postgres.run("truncate audit_event");
    }

    @Test
    void tellsWhatWasRecorded() {
        AuditEvent whole = new AuditEvent(
                "manifest.push", ALICE, Optional.of(REPOSITORY), "v1", Optional.of(DIGEST), "something");
        AuditEvent bare = AuditEvent.of("login.failure", new Actor("anonymous", ""), "", "");
        audit.record(whole);
        audit.record(bare);

        List<RecordedEvent> found = audit.find(Asked.forAll().query(), 10).items();

        assertThat(found).extracting(RecordedEvent::event).containsExactly(bare, whole);
        assertThat(found.get(0).at()).isBetween(found.get(1).at(), Instant.now().plusSeconds(60));
    }

    @Test
    void takesNoCharacterOfAnActForAWildcard() {
        record("tag_delete", ALICE, REPOSITORY);
        record("tag.delete", ALICE, REPOSITORY);

        assertThat(acts(Asked.forAll().act("tag_"))).containsExactly("tag_delete");
        assertThat(acts(Asked.forAll().act("t%"))).isEmpty();
        assertThat(acts(Asked.forAll().act("tag.delete"))).containsExactly("tag.delete");
        assertThat(acts(Asked.forAll().act("tag.delete.more"))).isEmpty();
    }

    @Test
    void hasNothingBehindAnEventThatIsGone() {
        for (int i = 0; i < 4; i++) {
            record("blob.push", ALICE, REPOSITORY);
        }
        Slice<RecordedEvent> first = audit.find(Asked.forAll().query(), 2);
        assertThat(first.more()).isTrue();
        long last = first.items().get(1).id();
        postgres.run("delete from audit_event where id <= " + last);

        assertThat(audit.find(Asked.forAll().before(last).query(), 2).items()).isEmpty();
    }

    /** Random events, some of the same moment, and random questions, whose answers are known without SQL. */
    @Test
    void findsWhatFitsPageByPageHoweverItIsAskedFor() {
        Random random = Randomness.random(7);
        for (int i = 0; i < 300; i++) {
            record(any(random, ACTS), any(random, ACTORS), random.nextInt(4) == 0 ? null : any(random, NAMES));
        }
        postgres.run("update audit_event set at = timestamptz '2026-03-01' + id * 7919 % 40 * interval '1 hour'");
        List<RecordedEvent> all = audit.find(Asked.forAll().query(), 1000).items();
        assertThat(all).hasSize(300).isSortedAccordingTo(
                Comparator.comparing(RecordedEvent::at).thenComparing(RecordedEvent::id).reversed());

        for (int i = 0; i < 300; i++) {
            AuditQuery query = random(random);
            assertThat(paged(query, 1 + random.nextInt(20)))
                    .as(query.toString())
                    .containsExactlyElementsOf(all.stream().filter(fits(query)).toList());
        }
    }

    private static AuditQuery random(Random random) {
        Instant from = Instant.parse("2026-03-01T00:00:00Z").plus(Duration.ofHours(random.nextInt(40)));
        return new AuditQuery(
                maybe(random, from),
                maybe(random, from.plus(Duration.ofHours(random.nextInt(30)))),
                maybe(random, any(random, ACTORS).subject()),
                random.nextBoolean() ? "" : any(random, ACTS),
                maybe(random, any(random, NAMES)),
                maybe(random, any(random, List.of(ALICE, BOB)).address()),
                OptionalLong.empty());
    }

    private static Predicate<RecordedEvent> fits(AuditQuery query) {
        return recorded -> {
            AuditEvent event = recorded.event();
            return query.from().stream().noneMatch(from -> recorded.at().isBefore(from))
                    && query.until().stream().allMatch(until -> recorded.at().isBefore(until))
                    && query.actor().stream().allMatch(event.actor().subject()::equals)
                    && event.act().startsWith(query.act())
                    && query.repository().stream().allMatch(name -> event.repository().equals(Optional.of(name)))
                    && query.address().stream().allMatch(event.actor().address()::equals);
        };
    }

    private static List<RecordedEvent> paged(AuditQuery query, int limit) {
        List<RecordedEvent> found = new ArrayList<>();
        AuditQuery next = query;
        Slice<RecordedEvent> page;
        do {
            page = audit.find(next, limit);
            found.addAll(page.items());
            next = found.isEmpty() ? next : new Asked(query).before(found.get(found.size() - 1).id()).query();
        } while (page.more());
        return found;
    }

    private static List<String> acts(Asked asked) {
        return audit.find(asked.query(), 100).items().stream().map(recorded -> recorded.event().act()).toList();
    }

    private static void record(String act, Actor actor, RepositoryName repository) {
        audit.record(new AuditEvent(act, actor, Optional.ofNullable(repository), "", Optional.empty(), ""));
    }

    private static <T> T any(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static <T> Optional<T> maybe(Random random, T value) {
        return random.nextInt(3) == 0 ? Optional.of(value) : Optional.empty();
    }
}
