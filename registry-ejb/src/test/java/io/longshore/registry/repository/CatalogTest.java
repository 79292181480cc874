package io.longshore.registry.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.database.Slice;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
        assertThat(catalog.list("", 10)).isEqualTo(new Slice<>(List.of(), false));
    }

    /** What comes before a slash matters: "a-b" before "a/b" before "a0". */
    @Test
    void listsInAsciiOrder() {
        List<String> names = List.of("b", "a", "a/b", "a-b", "a.b", "a_b", "a0", "ab", "a/b/c", "0", "a--b", "a/a");
        names.forEach(CatalogTest::add);

        assertThat(catalog.list("", 100).items())
                .extracting(RepositoryName::value)
                .isEqualTo(names.stream().sorted().toList());
    }

    @Test
    void listsPageByPage() {
        List<String> names = IntStream.range(0, 25).mapToObj(i -> "team/app" + (100 + i)).toList();
        names.forEach(CatalogTest::add);

        List<String> seen = new ArrayList<>();
        Slice<RepositoryName> page = catalog.list("", 10);
        while (page.more()) {
            assertThat(page.items()).hasSize(10);
            page.items().forEach(name -> seen.add(name.value()));
            page = catalog.list(seen.get(seen.size() - 1), 10);
        }
        page.items().forEach(name -> seen.add(name.value()));
        assertThat(seen).isEqualTo(names);
    }

    @Test
    void goesOnBehindWhatIsNoRepository() {
        add("a");
        add("c");

        for (String last : List.of("b", "a/", "A is not even a name", "a\u00e9")) {
            assertThat(catalog.list(last, 10).items()).endsWith(RepositoryName.parse("c"));
        }
        assertThat(catalog.list("a", 10).items()).containsExactly(RepositoryName.parse("c"));
        assertThat(catalog.list("a", Integer.MAX_VALUE).items()).hasSize(1);
        assertThat(catalog.list("c", 10)).isEqualTo(new Slice<>(List.of(), false));
    }

    private static void add(String name) {
        postgres.run("insert into repository (name) values ('" + name + "')");
    }
}
