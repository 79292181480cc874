package io.longshore.registry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.storage.contract.Workers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseStartTest {
    private static final String MIGRATIONS = "select script from flyway_schema_history where success order by 1";

    private TestDatabase postgres;

    @BeforeEach
    void create() {
        postgres = TestDatabase.unmigrated();
    }

    @AfterEach
    void drop() {
        postgres.close();
    }

    @Test
    void nodesThatStartTogetherMigrateOnce() throws Exception {
        Workers.run(3, node -> {
            try (Database database = postgres.start()) {
                assertThat(database.<Boolean>statement(
                                tx -> tx.connection().createStatement().execute("select from repository")))
                        .isTrue();
            }
        });
        assertThat(postgres.column(MIGRATIONS)).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void aNodeThatStartsAgainChangesNothing() {
        postgres.start().close();
        postgres.run("insert into repository (name) values ('team/app')");

        postgres.start().close();

        assertThat(postgres.column("select name from repository")).containsExactly("team/app");
        assertThat(postgres.column(MIGRATIONS)).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void theDatabaseEndsTransactionsThatNobodyGoesOnWith() {
        try (Database database = postgres.start()) {
            assertThat(database.<Integer>statement(DatabaseStartTest::longestIdleSeconds)).isEqualTo(60);
        }
    }

    private static int longestIdleSeconds(Transaction transaction) throws SQLException {
        try (ResultSet row = transaction.connection().createStatement().executeQuery("""
                select extract(epoch from current_setting('idle_in_transaction_session_timeout')::interval)""")) {
            row.next();
            return row.getInt(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "alter table upload_session drop column updated_at",
        "alter table upload_session alter column stage type bytea using null",
        "drop table upload_session"
    })
    void doesNotStartOnASchemaThatDoesNotFit(String change) {
        postgres.start().close();
        postgres.run(change);

        assertThatThrownBy(postgres::start).hasMessageContaining("upload_session");
        assertNoConnectionIsLeft();
    }

    @Test
    void leavesADatabaseAloneThatIsAnothers() {
        postgres.run("create table customer (name text)");

        assertThatThrownBy(postgres::start).hasMessageContaining("non-empty");
        assertNoConnectionIsLeft();
        assertThat(postgres.column("select tablename from pg_tables where schemaname = 'public'"))
                .containsExactly("customer");
    }

    @Test
    void doesNotWaitForEverForADatabaseThatIsAway() {
        try (FaultyLine line = new FaultyLine(TestDatabase.port())) {
            line.cut();

            assertThatThrownBy(() -> postgres.over(line)).isInstanceOf(RuntimeException.class);
        }
    }

    /** PostgreSQL notices that a connection has ended a moment after it has. */
    private void assertNoConnectionIsLeft() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        List<String> left;
        do {
            left = postgres.column("select application_name from pg_stat_activity"
                    + " where datname = current_database() and application_name = 'longshore'");
        } while (!left.isEmpty() && System.nanoTime() < deadline);
        assertThat(left).isEmpty();
    }
}
