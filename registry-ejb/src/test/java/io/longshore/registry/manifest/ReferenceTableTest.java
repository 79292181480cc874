package io.longshore.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RepositoryName;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceTableTest {
    private static final RepositoryName REPOSITORY = RepositoryName.parse("team/app1");
    private static final List<Digest> BLOB = List.of(Digest.of(DigestAlgorithm.SHA256, new byte[0]));
    /** PostgreSQL makes five plans for what is asked before it considers one for all. */
    private static final int PLANS_FOR_PARAMETERS = 5;

    @Test
    void isNotPlannedAnewForEachPush() throws Exception {
        try (TestDatabase postgres = TestDatabase.fresh()) {
            postgres.run(new String(
                    getClass().getResourceAsStream("/large-registry.sql").readAllBytes(), StandardCharsets.UTF_8));
            postgres.database().transaction(transaction -> {
                ReferenceTable table = new ReferenceTable();
                for (int i = 0; i < 20; i++) {
                    table.find(transaction, REPOSITORY, BLOB, List.of());
                }
                assertThat(plansForParameters(transaction)).isLessThanOrEqualTo(PLANS_FOR_PARAMETERS);
                return null;
            });
        }
    }

    private static long plansForParameters(Transaction transaction) throws SQLException {
        try (ResultSet row = transaction.connection().createStatement().executeQuery(
                "select custom_plans from pg_prepared_statements where statement like '%select ''b'' as kind%'")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
