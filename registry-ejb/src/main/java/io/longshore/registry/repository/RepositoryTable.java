package io.longshore.registry.repository;

import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Visibility;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** SQL of table {@code repository}. */
final class RepositoryTable {
    /**
     * Of each pattern, the names within the range of its beginning, and no others are looked at: whoever sees few of
     * very many repositories does not wait for all. The tilde comes after every sign of a name.
     */
    private static final String SOME = """
            select distinct r.name
            from unnest(?::text[], ?::text[]) p (prefix, regex)
            cross join lateral (
                select name
                from repository
                where name > ? and name >= p.prefix and name < p.prefix || '~' and name ~ p.regex
                %s
                order by name
                limit ?) r
            order by r.name
            limit ?""";

    List<RepositoryName> after(Transaction transaction, Visibility visible, String last, long limit)
            throws SQLException {
        return visible.conditions().isEmpty()
                ? all(transaction, last, limit)
                : some(transaction, visible, last, limit);
    }

    private static List<RepositoryName> all(Transaction transaction, String last, long limit) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select name from repository where name > ? order by name limit ?""")) {
            select.setString(1, last);
            select.setLong(2, limit);
            return names(select);
        }
    }

    private static List<RepositoryName> some(Transaction transaction, Visibility visible, String last, long limit)
            throws SQLException {
        List<RepositoryPattern> first = visible.conditions().get(0);
        List<List<RepositoryPattern>> others = visible.conditions().subList(1, visible.conditions().size());
        Connection connection = transaction.connection();
        String sql = SOME.formatted("and name ~ any (?::text[])\n".repeat(others.size()));
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf(
                    "text", first.stream().map(RepositoryPattern::literalPrefix).toArray()));
            select.setArray(2, connection.createArrayOf("text", regexes(first)));
            select.setString(3, last);
            int next = 4;
            for (List<RepositoryPattern> other : others) {
                select.setArray(next++, connection.createArrayOf("text", regexes(other)));
            }
            select.setLong(next++, limit);
            select.setLong(next, limit);
            return names(select);
        }
    }

    private static Object[] regexes(List<RepositoryPattern> patterns) {
        return patterns.stream().map(RepositoryPattern::toRegex).toArray();
    }

    private static List<RepositoryName> names(PreparedStatement select) throws SQLException {
        List<RepositoryName> names = new ArrayList<>();
        ResultSet rows = select.executeQuery();
        while (rows.next()) {
            names.add(RepositoryName.parse(rows.getString(1)));
        }
        return names;
    }
}
