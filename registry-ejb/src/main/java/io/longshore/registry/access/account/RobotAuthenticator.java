package io.longshore.registry.access.account;

import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.SecretAuthenticator;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.Database;
import io.longshore.registry.permission.Subject;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Knows robots by their secrets. The user name that comes with one is not looked at: the secret says whose it is. The
 * credential of an identity is the id of the secret.
 */
public final class RobotAuthenticator implements SecretAuthenticator {
    private static final String NAME = "robots";

    private final Database database;
    private final Clock clock;
    private final LastUses uses;
    private final RobotTable robots = new RobotTable();

    public RobotAuthenticator(Database database, Clock clock, LastUses uses) {
        this.database = database;
        this.clock = clock;
        this.uses = uses;
    }

    @Override
    public boolean isSecret(Secret text) {
        return AccessKey.parse(AccessKey.Kind.ROBOT, text).isPresent();
    }

    @Override
    public Optional<Identity> authenticate(Credentials credentials) {
        if (!(credentials instanceof Credentials.Password shown)) {
            return Optional.empty();
        }
        Optional<AccessKey> key = AccessKey.parse(AccessKey.Kind.ROBOT, shown.password());
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Optional<RobotTable.Login> known = database.statement(tx -> robots.login(tx, key.get().id()))
                .filter(robot -> key.get().hasHash(robot.secretHash()))
                .filter(this::isValid);
        known.ifPresent(robot -> uses.note(LastUses.Kind.ROBOT, robot.name()));
        return known.map(robot -> identity(robot, key.get().id()));
    }

    @Override
    public Optional<Identity> refresh(Identity identity) {
        return database.statement(tx -> robots.login(tx, identity.credential()))
                .filter(this::isValid)
                .map(robot -> identity(robot, identity.credential()));
    }

    @Override
    public String name() {
        return NAME;
    }

    private boolean isValid(RobotTable.Login robot) {
        return !robot.disabled() && robot.expiresAt().filter(end -> !clock.instant().isBefore(end)).isEmpty();
    }

    private static Identity identity(RobotTable.Login robot, String keyId) {
        return new Identity(
                new Subject(Subject.Kind.ROBOT, robot.name()), Set.of(), NAME, keyId, Optional.empty());
    }
}
