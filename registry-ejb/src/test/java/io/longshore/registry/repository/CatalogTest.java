package io.longshore.registry.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.database.Slice;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static TestDatabase postgres;
    private static Catalog catalog;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
        catalog = new Catalog(postgres.database());
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @AfterEach
    void empty() {
        postgres.run("delete from repository");
    }

    @Test
    void hasNothingAtFirst() {
        assertThat(catalog.list(Visibility.ALL, "", 10)).isEqualTo(new Slice<>(List.of(), false));
    }

    /** What comes before a slash matters: "a-b" before "a/b" before "a0". */
    @Test
    void listsInAsciiOrder() {
        List<String> names = List.of("b", "a", "a/b", "a-b", "a.b", "a_b", "a0", "ab", "a/b/c", "0", "a--b", "a/a");
        names.forEach(CatalogTest::add);

        assertThat(catalog.list(Visibility.ALL, "", 100).items())
                .extracting(RepositoryName::value)
                .isEqualTo(names.stream().sorted().toList());
    }

    @Test
    void listsPageByPage() {
        List<String> names = IntStream.range(0, 25).mapToObj(i -> "team/app" + (100 + i)).toList();
        names.forEach(CatalogTest::add);

        List<String> seen = new ArrayList<>();
        Slice<RepositoryName> page = catalog.list(Visibility.ALL, "", 10);
        while (page.more()) {
            assertThat(page.items()).hasSize(10);
            page.items().forEach(name -> seen.add(name.value()));
            page = catalog.list(Visibility.ALL, seen.get(seen.size() - 1), 10);
        }
        page.items().forEach(name -> seen.add(name.value()));
        assertThat(seen).isEqualTo(names);
    }

    @Test
    void goesOnBehindWhatIsNoRepository() {
        add("a");
        add("c");

        for (String last : List.of("b", "a/", "A is not even a name", "a\u00e9")) {
            assertThat(catalog.list(Visibility.ALL, last, 10).items()).endsWith(RepositoryName.parse("c"));
        }
        assertThat(catalog.list(Visibility.ALL, "a", 10).items()).containsExactly(RepositoryName.parse("c"));
        assertThat(catalog.list(Visibility.ALL, "a", Integer.MAX_VALUE).items()).hasSize(1);
        assertThat(catalog.list(Visibility.ALL, "c", 10)).isEqualTo(new Slice<>(List.of(), false));
    }

    @Test
    void listsWhatMayBeSeenAndNothingElse() {
        List.of("a", "team/app", "team/app/base", "team/web", "teams/app", "zoo").forEach(CatalogTest::add);

        assertThat(seenBy("team/**")).containsExactly("team/app", "team/app/base", "team/web");
        assertThat(seenBy("team/*")).containsExactly("team/app", "team/web");
        assertThat(seenBy("zoo", "a", "missing")).containsExactly("a", "zoo");
        assertThat(seenBy("*", "team/a*", "team/*")).containsExactly("a", "team/app", "team/web", "zoo");
        assertThat(seenBy("**/app")).containsExactly("team/app", "teams/app");
        assertThat(seenBy("zoo", "**")).hasSize(6);
        assertThat(catalog.list(Visibility.NONE, "", 10)).isEqualTo(new Slice<>(List.of(), false));
    }

    @Test
    void listsWhatMeetsEveryConditionPageByPage() {
        IntStream.range(0, 30).forEach(i -> add((i % 3 == 0 ? "team/app" : "team/web") + (100 + i)));
        Visibility visible = patterns("team/**").and(List.of(RepositoryPattern.parse("**/app*")));

        Slice<RepositoryName> first = catalog.list(visible, "", 7);
        Slice<RepositoryName> second = catalog.list(visible, "team/app118", 7);

        assertThat(first.more()).isTrue();
        assertThat(first.items()).extracting(RepositoryName::value).first().isEqualTo("team/app100");
        assertThat(first.items()).extracting(RepositoryName::value).last().isEqualTo("team/app118");
        assertThat(second.more()).isFalse();
        assertThat(second.items()).hasSize(3).allMatch(visible::includes);
    }

    private static List<String> seenBy(String... patterns) {
        return catalog.list(patterns(patterns), "", 100).items().stream().map(RepositoryName::value).toList();
    }

    private static Visibility patterns(String... patterns) {
        return Visibility.of(Stream.of(patterns).map(RepositoryPattern::parse).toList());
    }

    private static void add(String name) {
        postgres.run("insert into repository (name) values ('" + name + "')");
    }
}
