package io.longshore.registry;

import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.account.AccessTokens;
import io.longshore.registry.access.account.AccountName;
import io.longshore.registry.access.account.Accounts;
import io.longshore.registry.access.account.FirstAdministrator;
import io.longshore.registry.access.account.Groups;
import io.longshore.registry.access.account.LastUses;
import io.longshore.registry.access.account.PasswordHash;
import io.longshore.registry.access.account.RobotAuthenticator;
import io.longshore.registry.access.account.Robots;
import io.longshore.registry.access.account.Sources;
import io.longshore.registry.access.account.TokenAuthenticator;
import io.longshore.registry.access.account.UserAuthenticator;
import io.longshore.registry.access.account.Users;
import io.longshore.registry.access.rule.RuleService;
import io.longshore.registry.access.login.Chain;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.config.AccountsConfig;
import io.longshore.registry.config.RegistryConfig;
import io.longshore.registry.database.Database;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Says to CDI how accounts in the database are made, as {@link Wiring} does of the rest. */
@Dependent
public class AccountWiring {
    private static final Clock CLOCK = Clock.systemUTC();

    @Produces
    @Singleton
    static PasswordHash passwords() {
        return new PasswordHash(PasswordHash.ITERATIONS);
    }

    @Produces
    @Singleton
    static LastUses lastUses(Database database) {
        return new LastUses(database, CLOCK);
    }

    @Produces
    @Singleton
    static Accounts accounts(
            Database database, Audit audit, RuleService rules, PasswordHash passwords, LastUses uses,
            Sources sources, RegistryConfig config) {
        AccountsConfig accounts = config.auth().logins().accounts();
        return new Accounts(
                new Users(database, audit, rules, passwords),
                new Groups(database, audit, rules),
                new Robots(database, audit, rules, CLOCK),
                new AccessTokens(database, audit, CLOCK, accounts.longestTokenLifetime(), sources),
                uses,
                new FirstAdministrator(
                        database, audit, rules, passwords, AccountName.parse(accounts.administrator()), config.data()));
    }

    /**
     * Those who know users.
     *
     * @param others those that do not ask the database
     */
    static Sources sources(
            Database database, PasswordHash passwords, LastUses uses, boolean users, List<Authenticator> others) {
        List<Authenticator> sources = new ArrayList<>();
        if (users) {
            sources.add(new UserAuthenticator(database, passwords, uses));
        }
        sources.addAll(others);
        return new Sources(sources);
    }

    /**
     * The chain of all authenticators. Secrets of robots and tokens are told from passwords at a glance; tokens ask
     * whoever knows their owners.
     */
    static Chain chain(Database database, LastUses uses, Sources sources) {
        return new Chain(
                List.of(
                        new RobotAuthenticator(database, CLOCK, uses),
                        new TokenAuthenticator(database, CLOCK, uses, sources)),
                sources.all());
    }
}
