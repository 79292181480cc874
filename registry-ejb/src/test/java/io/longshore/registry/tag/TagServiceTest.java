package io.longshore.registry.tag;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longshore.registry.database.Slice;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.manifest.TestManifest;
import io.longshore.registry.manifest.TestPolicy;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TagServiceTest {
    private static final RepositoryName REPOSITORY = RepositoryName.parse("team/app");
    private static final RepositoryName OTHER = RepositoryName.parse("team/other");
    private static final TestManifest MANIFEST = TestManifest.artifact("one");

    private static TestDatabase postgres;
    private static TagService tags;
    private static ManifestService manifests;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
        tags = new TagService(postgres.database());
        manifests = new ManifestService(postgres.database(), TestPolicy.COMPLETE);
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @AfterEach
    void empty() {
        postgres.run("truncate repository, tag_history cascade");
    }

    @Test
    void listsInAsciiOrder() {
        List<String> names = List.of("b", "a", "B", "A", "1", "10", "2", "_", "a-b", "a.b", "a_b", "ab", "a-", "Z.z");
        push(REPOSITORY, names);

        assertThat(list("", 100).items()).extracting(Tag::value).isEqualTo(names.stream().sorted().toList());
    }

    @Test
    void listsPageByPage() {
        List<String> names = IntStream.range(0, 25).mapToObj(i -> "v" + (100 + i)).toList();
        push(REPOSITORY, names);

        List<String> seen = new ArrayList<>();
        Slice<Tag> page = list("", 10);
        while (page.more()) {
            assertThat(page.items()).hasSize(10);
            page.items().forEach(tag -> seen.add(tag.value()));
            page = list(seen.get(seen.size() - 1), 10);
        }
        page.items().forEach(tag -> seen.add(tag.value()));
        assertThat(seen).isEqualTo(names);
    }

    @Test
    void endsExactlyWhereTheListEnds() {
        push(REPOSITORY, List.of("a", "b"));

        assertThat(list("", 2)).isEqualTo(new Slice<>(List.of(new Tag("a"), new Tag("b")), false));
        assertThat(list("", 1)).isEqualTo(new Slice<>(List.of(new Tag("a")), true));
        assertThat(list("", 0)).isEqualTo(new Slice<>(List.of(), true));
        assertThat(list("b", 10)).isEqualTo(new Slice<>(List.of(), false));
        assertThat(list("a", Integer.MAX_VALUE)).isEqualTo(new Slice<>(List.of(new Tag("b")), false));
    }

    @Test
    void goesOnBehindWhatIsNoTag() {
        push(REPOSITORY, List.of("a", "c"));

        for (String last : List.of("b", "azzz", "a\u00e9", "a b")) {
            assertThat(list(last, 10).items()).containsExactly(new Tag("c"));
        }
        assertThat(list("\uffff", 10).items()).isEmpty();
    }

    @Test
    void listsThoseOfOneRepository() {
        push(REPOSITORY, List.of("here"));
        push(OTHER, List.of("there"));

        assertThat(list("", 10).items()).containsExactly(new Tag("here"));
    }

    @Test
    void tellsARepositoryWithoutTagsFromOneThatIsNotThere() {
        manifests.push(ALICE, REPOSITORY, MANIFEST.digest(), List.of(), MANIFEST.bytes(), null);

        assertThat(list("", 10)).isEqualTo(new Slice<>(List.of(), false));
        assertRefused(ErrorCode.NAME_UNKNOWN, () -> tags.list(OTHER, "", 10));
    }

    @Test
    void deletesATagOfOneRepository() {
        push(REPOSITORY, List.of("a", "b"));
        push(OTHER, List.of("a"));

        tags.delete(ALICE, REPOSITORY, new Tag("a"));

        assertThat(list("", 10).items()).containsExactly(new Tag("b"));
        assertThat(tags.list(OTHER, "", 10).items()).containsExactly(new Tag("a"));
        assertRefused(ErrorCode.MANIFEST_UNKNOWN, () -> tags.delete(ALICE, REPOSITORY, new Tag("a")));
        assertRefused(
                ErrorCode.MANIFEST_UNKNOWN, () -> tags.delete(ALICE, RepositoryName.parse("no/such"), new Tag("a")));
    }

    @Test
    void aTagThatComesBackKeepsItsHistory() {
        push(REPOSITORY, List.of("a"));
        tags.delete(ALICE, REPOSITORY, new Tag("a"));
        push(REPOSITORY, List.of("a"));
        tags.delete(ALICE, REPOSITORY, new Tag("a"));

        assertThat(postgres.column("select digest_text(digest) from tag_history where valid_until >= valid_from"))
                .containsExactly(MANIFEST.digest().toString(), MANIFEST.digest().toString());
    }

    private static Slice<Tag> list(String last, int limit) {
        return tags.list(REPOSITORY, last, limit);
    }

    private static void push(RepositoryName repository, List<String> names) {
        Stream<Tag> parsed = names.stream().map(Tag::parse);
        manifests.push(ALICE, repository, MANIFEST.digest(), parsed.toList(), MANIFEST.bytes(), null);
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        RegistryException refused = catchThrowableOfType(RegistryException.NotFound.class, call);
        assertThat(refused.errors()).extracting(RegistryException.Error::code).containsExactly(code);
    }
}
