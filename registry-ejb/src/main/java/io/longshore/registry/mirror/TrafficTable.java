package io.longshore.registry.mirror;

import io.longshore.registry.database.Transaction;
import io.longshore.registry.mirror.Traffic.Count;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** SQL of table {@code mirror_traffic}, whose columns are called as what is counted. */
final class TrafficTable {
    private static final String COLUMNS = columns("%s", ", ");

    private static String columns(String form, String between) {
        return Arrays.stream(Count.values())
                .map(count -> count.name().toLowerCase(Locale.ROOT))
                .map(name -> form.formatted(name, name, name))
                .collect(Collectors.joining(between));
    }

    /** Does nothing if the upstream is gone. */
    void add(Transaction transaction, String upstream, Map<Count, Long> counts) throws SQLException {
        try (PreparedStatement upsert = transaction.connection().prepareStatement("""
                insert into mirror_traffic as known (upstream_id, day, %s)
                select id, (now() at time zone 'UTC')::date%s from mirror_upstream where name = ?
                on conflict (upstream_id, day) do update set %s""".formatted(
                COLUMNS, ", ?".repeat(Count.values().length),
                columns("%s = known.%s + excluded.%s", ", ")))) {
            int next = 1;
            for (Count count : Count.values()) {
                upsert.setLong(next++, counts.get(count));
            }
            upsert.setString(next, upstream);
            upsert.executeUpdate();
        }
    }
}
