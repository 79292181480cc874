package io.longshore.registry.audit;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;

/**
 * The part of a feature's SQL statement that records what the rest of it does, for the audit, for webhooks if any
 * endpoint is told of such acts, and for replication if a rule waits for them: no round trip more, and no row about what
 * was not done. The one piece of SQL that features share; their table classes put it into theirs.
 */
public final class AuditClause {
    private static final String COLUMNS = "repository, reference, digest, media_type, size_bytes, content";

    /** Acts that rules of replication may wait for. */
    private static final Set<String> REPLICATED = Set.of("manifest.push", "manifest.delete", "tag.delete");
    private static final String REPLICATION = """
            , replicated as (
                insert into replication_change (action, repository, tag, digest)
                select '%s', acts.repository, acts.reference, acts.digest
                from acts
                where exists (
                    select from replication_rule r
                    where r.on_event and r.enabled and acts.repository ~ any (r.repository_regexes)))
            """;

    private AuditClause() {}

    /**
     * The end of a statement that begins with {@code with} and at least one query: an {@code insert} of one row for each
     * of {@code done}. Its first parameters are those that {@link #setActor} sets; those of {@code done} follow.
     *
     * @param act what is done; the words are listed in the data model
     * @param done a query of three columns: the name of the repository, the reference (text) and the digest, each of
     *     which may be null
     */
    public static String insert(String act, String done) {
        return insertWithContent(act, "select repository, reference, digest, null, null::bigint, null::jsonb from ("
                + done + ") acts (repository, reference, digest)");
    }

    /**
     * As {@link #insert}, with more for webhooks to tell.
     *
     * @param done a query of six columns: beside those the media type, the size in bytes, and what the manifest consists
     *     of, as JSON
     */
    public static String insertWithContent(String act, String done) {
        return queries(act, done, "") + audited(act);
    }

    /**
     * As {@link #insertWithContent}, for the middle of a statement: further queries, among them {@code acts} and
     * {@code events}, which a {@code select} has to follow.
     *
     * @param more what webhooks are told beside, as a query of the action and the six columns; empty for nothing
     */
    public static String queries(String act, String done, String more) {
        return """
                , actor (subject, address, request_id, host, method, user_agent, base_url, node_address, node) as (
                    values (?, nullif(?, ''), nullif(?, ''), nullif(?, ''), nullif(?, ''), nullif(?, ''), nullif(?, ''),
                            ?, ?::uuid)),
                acts (%1$s) as (%3$s),
                events as (
                    insert into webhook_event
                        (action, repository, tag, from_repository, digest, media_type, size_bytes, content,
                         actor, address, request_id, host, method, user_agent, base_url,
                         source_address, source_instance)
                    select e.action, e.repository,
                           case when e.action <> 'blob.mount' then e.reference end,
                           case when e.action = 'blob.mount' then e.reference end,
                           e.digest, e.media_type, e.size_bytes, e.content,
                           actor.subject, actor.address, actor.request_id, actor.host, actor.method, actor.user_agent,
                           actor.base_url, actor.node_address, actor.node
                    from actor, (select '%2$s', %1$s from acts %4$s) e (action, %1$s)
                    where exists (select from webhook_endpoint w where w.state <> 'off' and e.action = any (w.actions))
                    returning id),
                outbox as (insert into webhook_outbox select id from events)
                """.formatted(COLUMNS, act, done, more.isEmpty() ? "" : "union all " + more)
                + (REPLICATED.contains(act) ? REPLICATION.formatted(act) : "");
    }

    /** What ends a statement with {@link #queries}, or stands in it as a further query: the rows of the audit. */
    public static String audited(String act) {
        return """
                insert into audit_event (act, actor, address, repository, reference, digest)
                select '%s', actor.subject, actor.address, acts.repository, acts.reference, acts.digest
                from actor, acts""".formatted(act);
    }

    /**
     * Sets the first parameters of the clause.
     *
     * @param first number of the first of them in the statement
     * @return the number of the parameter after them
     */
    public static int setActor(PreparedStatement statement, int first, Actor actor) throws SQLException {
        Via via = actor.via();
        int next = first;
        statement.setString(next++, actor.subject());
        statement.setString(next++, actor.address());
        statement.setString(next++, via.requestId());
        statement.setString(next++, via.host());
        statement.setString(next++, via.method());
        statement.setString(next++, via.userAgent());
        statement.setString(next++, via.baseUrl());
        statement.setString(next++, via.node().address());
        statement.setObject(next++, via.node().instance());
        return next;
    }
}
