package io.longshore.registry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longshore.registry.model.RegistryException;
import io.longshore.registry.storage.contract.Workers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
    private static TestDatabase postgres;
    private static FaultyLine line;
    private static Database database;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
        postgres.run("create table number (n integer primary key, value integer)");
        line = new FaultyLine(TestDatabase.port());
        database = postgres.over(line);
    }

    @AfterAll
    static void close() {
        database.close();
        line.close();
        postgres.close();
    }

    @AfterEach
    void empty() {
        line.heal();
        TestDatabase.useUpBroken(database);
        postgres.run("truncate number");
    }

    @Test
    void aTransactionChangesAllOrNothing() {
        database.transaction(tx -> inserted(tx, 1) + inserted(tx, 2));
        assertThat(postgres.column("select n from number order by n")).containsExactly("1", "2");

        DatabaseException refused = catchThrowableOfType(
                DatabaseException.class, () -> database.transaction(tx -> inserted(tx, 3) + inserted(tx, 1)));
        assertThat(refused.isForeignKeyViolation()).isFalse();
        RegistryException answer = new RegistryException.Unavailable("thought better of it");
        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> database.transaction(tx -> {
            inserted(tx, 4);
            throw answer;
        })).isSameAs(answer);
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> database.transaction(tx -> {
            inserted(tx, 5);
            throw new AssertionError("not even a defect leaves half of it");
        }));
        assertThat(postgres.column("select n from number order by n")).containsExactly("1", "2");
    }

    /** Nobody else's work may end up in a transaction that was given up. */
    @Test
    void aTransactionThatFailedLeavesNothingToTheNextUserOfItsConnection() {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> database.transaction(tx -> {
            inserted(tx, 1);
            throw new IllegalStateException();
        }));
        database.statement(tx -> inserted(tx, 2));

        assertThat(postgres.column("select n from number")).containsExactly("2");
        assertThat(database.<Boolean>statement(tx -> tx.connection().getAutoCommit())).isTrue();
    }

    @Test
    void tellsWhatForeignKeysForbid() {
        ThrowingCallable orphan =
                () -> database.statement(tx -> executed(tx, "insert into link (repository_id, blob_id) values (1, 1)"));
        assertThat(catchThrowableOfType(DatabaseException.class, orphan).isForeignKeyViolation()).isTrue();
    }

    @Test
    void saysThatTheDatabaseIsAwayAndIsBackByItself() {
        database.statement(tx -> inserted(tx, 1));
        line.cut();
        for (int i = 0; i < 3; i++) {
            assertUnavailable(() -> database.statement(tx -> inserted(tx, 2)));
            assertUnavailable(() -> database.transaction(tx -> inserted(tx, 2)));
        }
        line.heal();
        TestDatabase.useUpBroken(database);

        database.transaction(tx -> inserted(tx, 3));
        assertThat(postgres.column("select n from number order by n")).containsExactly("1", "3");
    }

    @Test
    void saysThatTheDatabaseWentAwayInTheMiddle() {
        assertUnavailable(() -> database.transaction(tx -> {
            inserted(tx, 1);
            line.cut();
            return inserted(tx, 2);
        }));
        line.heal();
        TestDatabase.useUpBroken(database);
        assertUnavailable(() -> database.transaction(tx -> {
            inserted(tx, 3);
            line.cut();
            return null;
        }));
        assertThat(postgres.column("select n from number")).isEmpty();
    }

    /** A line that is cut says so; one on which packets are dropped never says anything. */
    @Test
    void givesUpOnADatabaseThatDoesNotAnswer() {
        try (Database impatient = postgres.impatientlyOver(line)) {
            impatient.statement(tx -> inserted(tx, 1));
            assertUnavailable(() -> impatient.transaction(tx -> {
                line.fallSilent();
                return inserted(tx, 2);
            }));
            line.heal();
            TestDatabase.useUpBroken(impatient);

            impatient.transaction(tx -> inserted(tx, 3));
        }
        assertThat(postgres.column("select n from number order by n")).containsExactly("1", "3");
    }

    /** What PostgreSQL does to every connection when it is stopped or restarted. */
    @Test
    void isBackAfterTheServerEndedAllConnections() {
        database.statement(tx -> inserted(tx, 1));
        postgres.run("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
        TestDatabase.useUpBroken(database);

        database.statement(tx -> inserted(tx, 2));
        assertThat(postgres.column("select n from number order by n")).containsExactly("1", "2");
    }

    /** Administrators know these states; a client can only try again. */
    @ParameterizedTest
    @ValueSource(strings = {"53100", "53200", "53300", "57P01", "57P02", "57P03", "58030", "25006", "08006"})
    void takesItForAwayWhenItCannotServe(String state) {
        assertUnavailable(() -> database.statement(tx -> executed(tx, raise(state))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22P02", "42P01"})
    void takesARefusedStatementForADefect(String state) {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> database.statement(tx -> executed(tx, raise(state))));
    }

    /** Each waits for the row of the other, until PostgreSQL ends one, which then has its turn. */
    @Test
    void aTransactionGivenUpInFavourOfAnotherRunsAgain() throws Exception {
        postgres.run("insert into number values (0, 0), (1, 0)");
        CyclicBarrier bothHaveOne = new CyclicBarrier(2);
        AtomicInteger runs = new AtomicInteger();
        Workers.run(2, worker -> database.transaction(tx -> {
            boolean first = runs.incrementAndGet() <= 2;
            increased(tx, worker);
            if (first) {
                await(bothHaveOne);
            }
            return increased(tx, 1 - worker);
        }));

        assertThat(runs).hasValueGreaterThan(2);
        assertThat(postgres.column("select value from number")).containsExactly("2", "2");
    }

    /** Whoever waits for a connection must not wait for ever. */
    @Test
    void saysSoWhenAllConnectionsAreTaken() throws Exception {
        int taken = TestDatabase.POOL_SIZE;
        CyclicBarrier all = new CyclicBarrier(taken + 1);
        Workers.run(taken + 1, worker -> {
            if (worker < taken) {
                database.statement(tx -> {
                    await(all);
                    await(all);
                    return null;
                });
            } else {
                await(all);
                try {
                    assertUnavailable(() -> database.statement(tx -> inserted(tx, 1)));
                } finally {
                    await(all);
                }
            }
        });
        database.statement(tx -> inserted(tx, 2));
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(2, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String raise(String state) {
        return "do $$ begin raise exception using errcode = '" + state + "'; end $$";
    }

    private static int inserted(Transaction transaction, int number) throws SQLException {
        return executed(transaction, "insert into number values (" + number + ")");
    }

    private static int increased(Transaction transaction, int number) throws SQLException {
        return executed(transaction, "update number set value = value + 1 where n = " + number);
    }

    private static int executed(Transaction transaction, String sql) throws SQLException {
        Connection connection = transaction.connection();
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatExceptionOfType(RegistryException.Unavailable.class).isThrownBy(call);
    }
}
