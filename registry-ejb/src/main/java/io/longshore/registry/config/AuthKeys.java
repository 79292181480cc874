package io.longshore.registry.config;

import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of access control. Those of each way of logging in are in a table of their own. */
final class AuthKeys {
    static final KeyTable TABLE = new KeyTable();

    static final Key<AuthConfig.Challenge> CHALLENGE = TABLE.add("auth.challenge",
            Types.choice(AuthConfig.Challenge.class), "bearer",
            "What clients without credentials are asked for: a token of the token service, or name and password. Docker"
                    + " cannot pull anonymously where it was asked for a password. Passwords are accepted with either.");
    static final Key<Set<Action>> ANONYMOUS = TABLE.add("auth.anonymous", AuthTypes.ACTIONS, "none",
            "What may be done with every repository without credentials: `none`, or `pull`, or more.");
    static final Key<Set<Action>> AUTHENTICATED = TABLE.add("auth.authenticated", AuthTypes.ACTIONS,
            "[pull, push, delete]",
            "What every user who is signed in may do with every repository, but no robot. With `none`, only what rules"
                    + " say.");
    static final Key<List<Subject>> ADMINS = TABLE.add("auth.admins", AuthTypes.ADMINS, "",
            "Who may do everything, and administer the registry: `[user:alice, group:operators]`.");
    static final Key<List<Rule>> RULES = TABLE.add("auth.rules", AuthTypes.RULES, "",
            "Who else may do what, beside the rules in the database.");
    static final Key<Duration> CACHE_TTL = TABLE.add("auth.cache.ttl",
            Types.duration(Duration.ZERO, Duration.ofHours(1)), "1m",
            "How long verified credentials are remembered, and so how long revoked ones work at most. 0 for not at all.");
    static final Key<Integer> THROTTLE_AFTER = TABLE.add("auth.throttle.after", Types.number(1), "5",
            "After how many failed logins of an account from an address the next has to wait, a second at first and twice"
                    + " as long each time. Four times as many hold for an address, and ten times as many for an account.");
    static final Key<Duration> THROTTLE_LONGEST = TABLE.add("auth.throttle.longest",
            Types.duration(Duration.ZERO, Duration.ofHours(1)), "1m",
            "The longest that it has to wait; 0 for not at all. The answer is 429 until then.");
    static final Key<Map<String, Map<String, Secret>>> PROVIDERS = TABLE.add("auth.providers", AuthTypes.PROVIDERS, "",
            "Ways of logging in that are not part of the registry: the names of their beans, in jars that were put into"
                    + " the EAR, each with what it is told.");

    static {
        TABLE.noEffect("auth.none", "Nobody is asked who they are unless another section of `auth` says so.");
        TABLE.refuse("auth.silly", Types.PRESENCE, "", "Headers alone prove nothing.");
    }

    private AuthKeys() {}
}
