package io.longshore.registry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the page on the data model against the schema that the migrations make. */
class DataModelPageTest {
    private static final Pattern TABLE = Pattern.compile("### `(\\w+)`");
    private static final Pattern COLUMN = Pattern.compile("\\| `(\\w+)` \\| `([\\w\\[\\]]+)`( or null)? \\|.*");
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    private static final Pattern INDEX = Pattern.compile("(?m)^\\| `([^`]+)` \\| `([^`]+)`");
    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CONSTRAINT = Pattern.compile("`(\\w+_(?:fkey|check))`");
    private static final String FLYWAY = "flyway\\_%";

    private static TestDatabase database;

    @BeforeAll
    static void openDatabase() {
        database = TestDatabase.fresh();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @Test
    void namesEveryColumnWithItsTypeInItsOrderAndNoOther() {
        assertThat(columns("## The tables")).containsExactlyElementsOf(database.column("""
                select c.relname || '.' || a.attname || ' '
                       || replace(format_type(a.atttypid, a.atttypmod), 'timestamp with time zone', 'timestamptz')
                       || case when a.attnotnull then '' else ' or null' end
                from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like '%s'
                order by c.oid, a.attnum""".formatted(FLYWAY)));
    }

    /** Of views, the database does not know what may be null. */
    @Test
    void namesEveryColumnOfViewsWithItsTypeInItsOrderAndNoOther() {
        assertThat(columns("## Views")).containsExactlyElementsOf(database.column("""
                select c.relname || '.' || a.attname || ' '
                       || replace(format_type(a.atttypid, a.atttypmod), 'timestamp with time zone', 'timestamptz')
                from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
                order by c.oid, a.attnum"""));
    }

    @Test
    void namesEveryIndexWithItsColumnsAndNoOther() {
        List<String> named = INDEX.matcher(section("## Indexes")).results()
                .map(row -> row.group(1) + " on " + row.group(2))
                .toList();

        assertThat(named).containsExactlyInAnyOrderElementsOf(database.column("""
                select c.relname || ' on ' || (select string_agg(replace(pg_get_indexdef(c.oid, n, true), '"', ''), ', '
                                                          order by n)
                                               from generate_series(1, i.indnkeyatts) n)
                from pg_index i
                join pg_class c on c.oid = i.indexrelid
                where c.relnamespace = 'public'::regnamespace and c.relname not like '%s'""".formatted(FLYWAY)));
    }

    @Test
    void namesEveryForeignKeyAndCheckOfATableAndNoOther() {
        List<String> named = all(CONSTRAINT, section("## The tables")).distinct().toList();

        assertThat(named).containsExactlyInAnyOrderElementsOf(database.column("""
                select conname
                from pg_constraint
                where connamespace = 'public'::regnamespace and contype in ('f', 'c') and conrelid <> 0"""));
    }

    @Test
    void namesEveryFunctionAndTriggerAndNoOther() {
        assertThat(firstCells("## Functions and triggers")).containsExactlyInAnyOrderElementsOf(database.column("""
                select proname || '(' || replace(pg_get_function_identity_arguments(oid), 'value ', '') || ')'
                from pg_proc
                where pronamespace = 'public'::regnamespace
                union all
                select tgname
                from pg_trigger
                where not tgisinternal"""));
    }

    @Test
    void hasADozenQuestions() {
        assertThat(questions()).hasSizeGreaterThanOrEqualTo(12);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void answersEachQuestionOnAnEmptyRegistry(String sql) {
        assertThatCode(() -> database.column(sql)).doesNotThrowAnyException();
    }

    private static Stream<String> questions() {
        return all(SQL, page());
    }

    private static List<String> columns(String section) {
        List<String> columns = new ArrayList<>();
        String table = null;
        for (String line : section(section).lines().toList()) {
            Matcher heading = TABLE.matcher(line);
            Matcher column = COLUMN.matcher(line);
            if (heading.matches()) {
                table = heading.group(1);
            } else if (column.matches()) {
                String orNull = column.group(3) == null ? "" : column.group(3);
                columns.add(table + '.' + column.group(1) + ' ' + column.group(2) + orNull);
            }
        }
        return columns;
    }

    private static List<String> firstCells(String heading) {
        return all(FIRST_CELL, section(heading)).toList();
    }

    private static Stream<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    /** From this heading to the next of its level. */
    private static String section(String heading) {
        String page = page();
        int start = page.indexOf('\n' + heading + '\n');
        assertThat(start).as(heading).isNotNegative();
        return page.substring(start, page.indexOf("\n## ", start + 1));
    }

    private static String page() {
        try {
            return Files.readString(Path.of("..", "docs", "data-model.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
