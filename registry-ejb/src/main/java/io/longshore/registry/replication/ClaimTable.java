package io.longshore.registry.replication;

import io.longshore.registry.database.Transaction;
import io.longshore.registry.replication.Item.Kind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** SQL that says who takes what on, of tables {@code replication_item} and {@code replication_node}. */
final class ClaimTable {
    /** A node that said nothing for so long is dead: others may do what it was at. */
    private static final String LIVE =
            "(select id from replication_node where seen_at > now() - interval '15 seconds')";

    /**
     * The next item of a run that nobody is at, within the limits of its rule: so many at once, of which each node that
     * lives has its share. What is done to a tag is done by one node at a time, for whichever run.
     */
    private static final String CLAIM = """
            with live as materialized %s,
            busy as materialized (
                select node, repository, tag
                from replication_item
                where rule_id = ? and state = 'running' and node in (select id from live)),
            next as (
                select i.id
                from replication_item i
                where i.run_id = ?
                  and (i.state = 'waiting' and i.due_at <= now()
                       or i.state = 'running' and i.node not in (select id from live))
                  and (select count(*) from busy) < ?
                  and (select count(*) from busy where node = ?)
                      < ceil(?::numeric / greatest((select count(*) from live), 1))
                  and not exists (select from busy b where b.repository = i.repository and b.tag = i.tag)
                order by i.id
                limit 1
                for update skip locked)
            update replication_item i
            set state = 'running', node = ?, attempts = attempts + 1
            from next, replication_run r
            where i.id = next.id and r.id = i.run_id
            returning i.id, i.run_id, i.rule_id, i.kind, i.repository, i.tag, i.attempts, r.dry, r.cause = 'event'"""
            .formatted(LIVE);

    /** A node that never lives is at it then: to wait again, it must not wait already, as what happens may. */
    private static final String LET_GO = """
            update replication_item set node = '00000000-0000-0000-0000-000000000000'%s
            where node = ? and state = 'running'
            """;

    /** To be called while the rule is locked. */
    Optional<Task> claim(Transaction transaction, long ruleId, long runId, int parallel, UUID node)
            throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement(CLAIM)) {
            update.setLong(1, ruleId);
            update.setLong(2, runId);
            update.setInt(3, parallel);
            update.setObject(4, node);
            update.setInt(5, parallel);
            update.setObject(6, node);
            ResultSet row = update.executeQuery();
            return row.next()
                    ? Optional.of(new Task(
                            row.getLong(1), row.getLong(2), row.getLong(3),
                            Kind.valueOf(row.getString(4).toUpperCase(Locale.ROOT)), row.getString(5),
                            row.getString(6), row.getInt(7), row.getBoolean(8), row.getBoolean(9)))
                    : Optional.empty();
        }
    }

    /** On how many nodes something is being done for a rule; at least 1. */
    int busyNodes(Transaction transaction, long ruleId) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select greatest(1, count(distinct node))
                from replication_item
                where rule_id = ? and state = 'running' and node in\s""" + LIVE)) {
            select.setLong(1, ruleId);
            ResultSet row = select.executeQuery();
            row.next();
            return row.getInt(1);
        }
    }

    /** Says that the node is alive. */
    void beat(Transaction transaction, UUID node, String address) throws SQLException {
        try (PreparedStatement upsert = transaction.connection().prepareStatement("""
                insert into replication_node (id, address) values (?, ?)
                on conflict (id) do update set seen_at = now()""")) {
            upsert.setObject(1, node);
            upsert.setString(2, address);
            upsert.executeUpdate();
        }
    }

    /** Forgets nodes that have been dead for an hour. */
    void forgetDead(Transaction transaction) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from replication_node where seen_at < now() - interval '1 hour'")) {
            delete.executeUpdate();
        }
    }

    /** Lets go of all that the node is at but these: others go on with it. */
    void letGo(Transaction transaction, UUID node, Collection<Long> butThese) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement(LET_GO.formatted("")
                + "and id <> all (?::bigint[])")) {
            update.setObject(1, node);
            update.setArray(2, transaction.connection().createArrayOf("int8", butThese.toArray()));
            update.executeUpdate();
        }
    }

    /** Gives the node up, and all that it is at: that counts as if it had not been begun. */
    void leave(Transaction transaction, UUID node) throws SQLException {
        try (PreparedStatement update =
                transaction.connection().prepareStatement(LET_GO.formatted(", attempts = attempts - 1"))) {
            update.setObject(1, node);
            update.executeUpdate();
        }
        try (PreparedStatement delete =
                transaction.connection().prepareStatement("delete from replication_node where id = ?")) {
            delete.setObject(1, node);
            delete.executeUpdate();
        }
    }
}
