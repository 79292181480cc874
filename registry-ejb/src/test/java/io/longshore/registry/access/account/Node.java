package io.longshore.registry.access.account;

import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.access.rule.RuleService;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node of the registry, as far as accounts go. Nodes share a database, and nothing else. */
final class Node {
    static final Actor ADMIN = new Actor("user:admin", "192.0.2.1");
    static final String PASSWORD = "correct horse";
    static final UserProfile PLAIN_USER = new UserProfile(Optional.empty(), Optional.empty(), false);
    static final RobotProfile PLAIN_ROBOT = new RobotProfile(Optional.empty(), Optional.empty(), false);

    /** Quick, unlike that of the registry. */
    final PasswordHash passwords = new PasswordHash(10);
    final SetClock clock = new SetClock();
    final Policy policy;
    final RuleService rules;
    final Users users;
    final Groups groups;
    final Robots robots;
    final AccessTokens tokens;
    final LastUses uses;
    final UserAuthenticator byPassword;
    final RobotAuthenticator byRobot;
    private final Database database;

    /** @param others who know users, beside the database */
    Node(Database database, Authenticator... others) {
        this.database = database;
        Audit audit = new Audit(database);
        policy = new Policy(database, List.of(), false, System::nanoTime);
        rules = new RuleService(database, policy, audit);
        users = new Users(database, audit, rules, passwords);
        groups = new Groups(database, audit, rules);
        robots = new Robots(database, audit, rules, clock);
        uses = new LastUses(database, clock);
        byPassword = new UserAuthenticator(database, passwords, uses);
        tokens = tokens(with(byPassword, others));
        byRobot = new RobotAuthenticator(database, clock, uses);
    }

    /** With further authenticators beside that of users. */
    TokenAuthenticator byToken(Authenticator... others) {
        return new TokenAuthenticator(database, clock, uses, with(byPassword, others));
    }

    /** Of a node that asks others whether owners are still known. */
    AccessTokens tokens(Sources sources) {
        return new AccessTokens(database, new Audit(database), clock, Duration.ofDays(365), sources);
    }

    private static Sources with(Authenticator first, Authenticator... others) {
        List<Authenticator> sources = new ArrayList<>(List.of(first));
        sources.addAll(List.of(others));
        return new Sources(sources);
    }

    User user(String name) {
        return users.create(new AccountName(name), password(PASSWORD), PLAIN_USER, ADMIN);
    }

    static NewPassword password(String text) {
        return new NewPassword(Secret.of(text));
    }

    static Optional<Identity> login(Authenticator authenticator, String user, Secret password) {
        try {
            return authenticator.authenticate(new Credentials.Password(user, password));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Identity> login(String user, String password) {
        return login(byPassword, user, Secret.of(password));
    }
}
