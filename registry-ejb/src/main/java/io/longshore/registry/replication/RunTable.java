package io.longshore.registry.replication;

import io.longshore.registry.database.Columns;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.replication.Run.Cause;
import io.longshore.registry.replication.Run.Counts;
import io.longshore.registry.replication.Run.State;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** SQL of table {@code replication_run}. All that changes it is done while its rule is locked. */
final class RunTable {
    private static final String SELECT = """
            select r.id, rule.name, r.cause, r.dry, r.state, r.started_by, r.started_at, r.ended_at, r.node,
                   r.looked_at, r.copied, r.skipped, r.deleted, r.failed, r.bytes, r.error
            from replication_run r
            join replication_rule rule on rule.id = r.rule_id
            """;

    /** Begins one; empty if one of that kind is under way. */
    OptionalLong insert(Transaction transaction, long ruleId, Cause cause, boolean dry, String by, String node)
            throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into replication_run (rule_id, cause, dry, started_by, node)
                values (?, ?, ?, ?, ?)
                on conflict do nothing
                returning id""")) {
            insert.setLong(1, ruleId);
            insert.setString(2, cause.word());
            insert.setBoolean(3, dry);
            insert.setString(4, by);
            insert.setString(5, node);
            ResultSet row = insert.executeQuery();
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    /** That for what happens, if it is under way. */
    OptionalLong runningByEvent(Transaction transaction, long ruleId) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select id from replication_run where rule_id = ? and state = 'running' and cause = 'event'""")) {
            select.setLong(1, ruleId);
            ResultSet row = select.executeQuery();
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    /** Those of a rule that are under way, that for what happens first. */
    List<Long> running(Transaction transaction, long ruleId) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select id from replication_run
                where rule_id = ? and state = 'running'
                order by cause = 'event' desc""")) {
            select.setLong(1, ruleId);
            ResultSet row = select.executeQuery();
            List<Long> ids = new ArrayList<>();
            while (row.next()) {
                ids.add(row.getLong(1));
            }
            return ids;
        }
    }

    Optional<Run> find(Transaction transaction, long id) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(SELECT + "where r.id = ?")) {
            select.setLong(1, id);
            return runs(select).stream().findFirst();
        }
    }

    /** The newest run of each rule that was no trial. */
    List<Run> last(Transaction transaction, Optional<String> rule) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(SELECT + """
                where r.id = (
                    select id from replication_run where rule_id = rule.id and not dry order by id desc limit 1)
                  and rule.name = coalesce(?, rule.name)""")) {
            select.setString(1, rule.orElse(null));
            return runs(select);
        }
    }

    /** The newest first. */
    List<Run> before(Transaction transaction, Optional<String> rule, long before, int limit) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(SELECT + """
                where r.id < ? and rule.name = coalesce(?, rule.name)
                order by r.id desc
                limit ?""")) {
            select.setLong(1, before);
            select.setString(2, rule.orElse(null));
            select.setInt(3, limit);
            return runs(select);
        }
    }

    /** Which rule it is of; empty if there is no such run, or it has ended. */
    OptionalLong ruleOfRunning(Transaction transaction, long id) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select rule_id from replication_run where id = ? and state = 'running'")) {
            select.setLong(1, id);
            ResultSet row = select.executeQuery();
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    /** Adds what was done. The first error stays. */
    void count(Transaction transaction, long id, Counts more, Optional<String> error) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update replication_run
                set looked_at = looked_at + ?, copied = copied + ?, skipped = skipped + ?, deleted = deleted + ?,
                    failed = failed + ?, bytes = bytes + ?, error = coalesce(error, ?)
                where id = ?""")) {
            update.setLong(1, more.lookedAt());
            update.setLong(2, more.copied());
            update.setLong(3, more.skipped());
            update.setLong(4, more.deleted());
            update.setLong(5, more.failed());
            update.setLong(6, more.bytes());
            update.setString(7, error.orElse(null));
            update.setLong(8, id);
            update.executeUpdate();
        }
    }

    /** Ends it if nothing is left to be done; how it ended, if so. */
    Optional<State> endIfDone(Transaction transaction, long id) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update replication_run
                set state = case when failed = 0 then 'succeeded' else 'failed' end, ended_at = clock_timestamp()
                where id = ? and state = 'running'
                  and not exists (
                      select from replication_item i where i.run_id = ? and i.state in ('waiting', 'running'))
                returning state""")) {
            update.setLong(1, id);
            update.setLong(2, id);
            ResultSet row = update.executeQuery();
            return row.next() ? Optional.of(state(row.getString(1))) : Optional.empty();
        }
    }

    void cancel(Transaction transaction, long id) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update replication_run set state = 'cancelled', ended_at = clock_timestamp()
                where id = ? and state = 'running'""")) {
            update.setLong(1, id);
            update.executeUpdate();
        }
    }

    /** Removes those that ended long ago, but for the newest of each rule. Returns how many there were. */
    int deleteOlderThan(Transaction transaction, Duration age, int limit) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                delete from replication_run
                where id = any (array(
                    select r.id
                    from replication_run r
                    where r.ended_at < now() - make_interval(secs => ?)
                      and exists (select from replication_run n where n.rule_id = r.rule_id and n.id > r.id)
                    order by r.ended_at
                    limit ?
                    for update skip locked))""")) {
            delete.setDouble(1, age.toMillis() / 1000.0);
            delete.setInt(2, limit);
            return delete.executeUpdate();
        }
    }

    private static List<Run> runs(PreparedStatement select) throws SQLException {
        ResultSet row = select.executeQuery();
        List<Run> runs = new ArrayList<>();
        while (row.next()) {
            runs.add(new Run(
                    row.getLong(1), row.getString(2), Cause.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                    row.getBoolean(4), state(row.getString(5)), row.getString(6),
                    Columns.instant(row, 7).orElseThrow(), Columns.instant(row, 8), row.getString(9),
                    new Counts(
                            row.getLong(10), row.getLong(11), row.getLong(12), row.getLong(13), row.getLong(14),
                            row.getLong(15)),
                    Optional.ofNullable(row.getString(16))));
        }
        return runs;
    }

    private static State state(String word) {
        return State.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
