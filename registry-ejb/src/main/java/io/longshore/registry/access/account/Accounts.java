package io.longshore.registry.access.account;

/**
 * All that administers accounts, put together.
 *
 * @param uses is to be started and stopped with the registry
 */
public record Accounts(
        Users users,
        Groups groups,
        Robots robots,
        AccessTokens tokens,
        LastUses uses,
        FirstAdministrator firstAdministrator) {}
