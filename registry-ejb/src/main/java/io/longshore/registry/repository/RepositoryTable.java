package io.longshore.registry.repository;

import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.RepositoryName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** SQL of table {@code repository}. */
final class RepositoryTable {

    List<RepositoryName> after(Transaction transaction, String last, long limit) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select name from repository where name > ? order by name limit ?""")) {
            select.setString(1, last);
            select.setLong(2, limit);
            List<RepositoryName> names = new ArrayList<>();
            ResultSet rows = select.executeQuery();
            while (rows.next()) {
                names.add(RepositoryName.parse(rows.getString(1)));
            }
            return names;
        }
    }
}
