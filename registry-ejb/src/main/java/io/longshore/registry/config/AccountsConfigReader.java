package io.longshore.registry.config;

/** Reads {@code auth.users} and {@code auth.tokens}. */
final class AccountsConfigReader {
    private final Settings settings;
    private final Problems problems;

    AccountsConfigReader(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    AccountsConfig read() {
        boolean users = settings.get(AccountsKeys.USERS_ENABLED);
        if (!users) {
            settings.source(AccountsKeys.USERS_ADMINISTRATOR).ifPresent(source -> problems.warn(
                    AccountsKeys.USERS_ADMINISTRATOR.name(), source,
                    "has no effect unless " + AccountsKeys.USERS_ENABLED.name() + " is true"));
        }
        return new AccountsConfig(
                users,
                settings.get(AccountsKeys.USERS_ADMINISTRATOR),
                settings.get(AccountsKeys.TOKENS_MAXLIFETIME));
    }
}
