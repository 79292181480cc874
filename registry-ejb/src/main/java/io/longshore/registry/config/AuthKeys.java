package io.longshore.registry.config;

/** The keys of access control. Those of each way of logging in are in a table of their own. */
final class AuthKeys {
    static final KeyTable TABLE = new KeyTable();

    static {
        TABLE.noEffect("auth.none", "There is no authentication.");
        TABLE.refuse("auth.htpasswd", Types.PRESENCE, "", "Put a proxy that asks for passwords before the registry.");
        TABLE.refuse("auth.token", Types.PRESENCE, "", "Put a proxy that checks tokens before the registry.");
        TABLE.refuse("auth.silly", Types.PRESENCE, "", "There is no authentication.");
    }

    private AuthKeys() {}
}
