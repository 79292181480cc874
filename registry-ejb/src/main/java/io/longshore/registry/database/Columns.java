package io.longshore.registry.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Values of columns that JDBC has no types for, or others. */
public final class Columns {

    private Columns() {}

    /** Empty for null. */
    public static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** Sets a parameter of type {@code timestamptz}; to null for empty. */
    public static void setInstant(PreparedStatement statement, int parameter, Optional<Instant> instant)
            throws SQLException {
        statement.setObject(parameter, instant.map(given -> given.atOffset(ZoneOffset.UTC)).orElse(null));
    }

    /** A column of type {@code text[]} that is not null. */
    public static List<String> texts(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    /** Sets a parameter of type {@code text[]}. */
    public static void setTexts(PreparedStatement statement, int parameter, Collection<String> texts)
            throws SQLException {
        statement.setArray(parameter, statement.getConnection().createArrayOf("text", texts.toArray()));
    }
}
