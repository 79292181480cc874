package io.longshore.registry.access.token;

import io.longshore.registry.database.Database;
import io.longshore.registry.database.Jobs;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** What tokens need without a request: to be run once a minute. What fails is done the next time. Thread-safe. */
public final class TokenUpkeep implements Runnable {
    private static final String JOB = "refresh-token-purge";
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final System.Logger LOG = System.getLogger(TokenUpkeep.class.getName());

    private final Database database;
    private final SigningKeys keys;
    private final RefreshTokens refreshTokens;
    private final Jobs jobs = new Jobs();

    public TokenUpkeep(Database database, SigningKeys keys, RefreshTokens refreshTokens) {
        this.database = database;
        this.keys = keys;
        this.refreshTokens = refreshTokens;
    }

    @Override
    public void run() {
        keys.reload();
        if (database.statement(tx -> jobs.begin(tx, JOB, INTERVAL))) {
            int deleted = refreshTokens.deleteUnused();
            LOG.log(Level.DEBUG, "deleted {0} refresh tokens that nobody used", deleted);
        }
    }
}
