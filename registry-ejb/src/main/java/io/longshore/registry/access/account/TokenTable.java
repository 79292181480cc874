package io.longshore.registry.access.account;

import io.longshore.registry.access.Identity;
import io.longshore.registry.database.Columns;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** SQL of tables {@code access_token} and {@code access_token_scope}. */
final class TokenTable {
    private static final String SCOPES = """
            array(select s.repositories from access_token_scope s where s.key_id = t.key_id order by s.repositories),
            array(select array_to_string(s.actions, ',') from access_token_scope s
                  where s.key_id = t.key_id order by s.repositories)""";

    /** What a login needs to know. */
    record Login(
            byte[] secretHash,
            Instant expiresAt,
            String owner,
            String source,
            Set<String> ownerGroups,
            String ownerCredential,
            List<Grant> scopes) {}

    /** Whether its owner had none of this title. */
    boolean insert(Transaction transaction, AccessKey key, Identity owner, String title, Instant expiresAt)
            throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into access_token (
                    key_id, secret_hash, owner, source, owner_groups, owner_credential, name, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (owner, name) do nothing""")) {
            insert.setString(1, key.id());
            insert.setBytes(2, key.hash());
            insert.setString(3, owner.subject().name());
            insert.setString(4, owner.source());
            Columns.setTexts(insert, 5, owner.groups());
            insert.setString(6, owner.credential());
            insert.setString(7, title);
            Columns.setInstant(insert, 8, Optional.of(expiresAt));
            return insert.executeUpdate() == 1;
        }
    }

    /** Of a token that has none yet; no two of the same pattern. */
    void insertScopes(Transaction transaction, AccessKey key, List<Grant> scopes) throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement(
                "insert into access_token_scope (key_id, repositories, actions) values (?, ?, ?)")) {
            for (Grant scope : scopes) {
                insert.setString(1, key.id());
                insert.setString(2, scope.repositories().value());
                Columns.setTexts(insert, 3, scope.actions().stream().sorted().map(Action::word).toList());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** How many an owner has, without those that expired then or before. */
    int count(Transaction transaction, String owner, Instant expired) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select count(*) from access_token where owner = ? and expires_at > ?")) {
            select.setString(1, owner);
            Columns.setInstant(select, 2, Optional.of(expired));
            ResultSet row = select.executeQuery();
            row.next();
            return row.getInt(1);
        }
    }

    Optional<AccessToken> find(Transaction transaction, String keyId) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select key_id, owner, source, name, created_at, expires_at, last_used_at, %s
                from access_token t
                where key_id = ?""".formatted(SCOPES))) {
            select.setString(1, keyId);
            return tokens(select.executeQuery()).stream().findFirst();
        }
    }

    /**
     * @param owner empty for those of everybody
     * @param expired those that expired then or before are left out
     */
    List<AccessToken> after(
            Transaction transaction, Optional<String> owner, String last, Instant expired, long limit)
            throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select key_id, owner, source, name, created_at, expires_at, last_used_at, %s
                from access_token t
                where key_id > ? and expires_at > ? %s
                order by key_id
                limit ?""".formatted(SCOPES, owner.isPresent() ? "and owner = ?" : ""))) {
            int parameter = 1;
            select.setString(parameter++, last);
            Columns.setInstant(select, parameter++, Optional.of(expired));
            if (owner.isPresent()) {
                select.setString(parameter++, owner.get());
            }
            select.setLong(parameter, limit);
            return tokens(select.executeQuery());
        }
    }

    Optional<Login> login(Transaction transaction, String keyId) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select secret_hash, expires_at, owner, source, owner_groups, owner_credential, %s
                from access_token t
                where key_id = ?""".formatted(SCOPES))) {
            select.setString(1, keyId);
            ResultSet row = select.executeQuery();
            return row.next()
                    ? Optional.of(new Login(
                            row.getBytes(1),
                            Columns.instant(row, 2).orElseThrow(),
                            row.getString(3),
                            row.getString(4),
                            Set.copyOf(Columns.texts(row, 5)),
                            row.getString(6),
                            scopes(row, 7)))
                    : Optional.empty();
        }
    }

    /** Returns whose it was; empty if there is none, or if it is not that owner's. */
    Optional<String> delete(Transaction transaction, String keyId, Optional<String> owner) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                delete from access_token where key_id = ? and owner = coalesce(?, owner) returning owner""")) {
            delete.setString(1, keyId);
            delete.setString(2, owner.orElse(null));
            ResultSet row = delete.executeQuery();
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    void deleteOf(Transaction transaction, String owner, String source) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from access_token where owner = ? and source = ?")) {
            delete.setString(1, owner);
            delete.setString(2, source);
            delete.executeUpdate();
        }
    }

    /** Deletes what expired then or before. Answers how many there were. */
    int deleteExpired(Transaction transaction, Instant expired) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from access_token where expires_at <= ?")) {
            Columns.setInstant(delete, 1, Optional.of(expired));
            return delete.executeUpdate();
        }
    }

    /** Deletes the token of this title if it expired then or before. */
    void deleteExpired(Transaction transaction, String owner, String title, Instant expired) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from access_token where owner = ? and name = ? and expires_at <= ?")) {
            delete.setString(1, owner);
            delete.setString(2, title);
            Columns.setInstant(delete, 3, Optional.of(expired));
            delete.executeUpdate();
        }
    }

    private static List<AccessToken> tokens(ResultSet row) throws SQLException {
        List<AccessToken> found = new ArrayList<>();
        while (row.next()) {
            found.add(new AccessToken(
                    row.getString(1), row.getString(2), row.getString(3), row.getString(4), scopes(row, 8),
                    Columns.instant(row, 5).orElseThrow(),
                    Columns.instant(row, 6).orElseThrow(),
                    Columns.instant(row, 7)));
        }
        return found;
    }

    private static List<Grant> scopes(ResultSet row, int column) throws SQLException {
        List<String> patterns = Columns.texts(row, column);
        List<String> actions = Columns.texts(row, column + 1);
        List<Grant> scopes = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            scopes.add(new Grant(new RepositoryPattern(patterns.get(i)), actions(actions.get(i))));
        }
        return scopes;
    }

    private static Set<Action> actions(String words) {
        return Arrays.stream(words.split(","))
                .map(word -> Action.of(word).orElseThrow())
                .collect(Collectors.toSet());
    }
}
