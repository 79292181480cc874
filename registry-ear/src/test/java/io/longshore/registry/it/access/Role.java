package io.longshore.registry.it.access;

import com.nimbusds.jwt.JWTClaimsSet;
import io.longshore.registry.it.protocol.Http;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Who asks, by what they show. Those with tokens have them from the token service of the server. */
enum Role {
    ANONYMOUS,
    WRONG_PASSWORD,
    UNREADABLE_HEADER,
    /** A known user, in no rule. */
    NOBODY(Account.NOBODY),
    PULLER(Account.PULLER),
    PUSHER(Account.PUSHER),
    DELETER(Account.DELETER),
    /** May everything with these repositories. */
    REPOSITORY_ADMIN(Account.KEEPER),
    REGISTRY_ADMIN(Account.ROOT),
    /** With the rules of {@link Account#PUSHER}. */
    ROBOT,
    /** A personal access token of somebody who may everything, for pulling alone. */
    LIMITED_KEY,
    /** A token for this, asked for with that. */
    TOKEN_OF_LIMITED_KEY,
    /** Somebody who may everything, with a token for just this. */
    TOKEN_FOR_THIS(Account.KEEPER),
    /** … with a token for everything else in the same repository. */
    TOKEN_FOR_LESS(Account.KEEPER),
    /** … with a token for the same in another repository. */
    TOKEN_FOR_ANOTHER(Account.KEEPER),
    /** … with the token of a login, which is for nothing yet. */
    TOKEN_FOR_NOTHING(Account.KEEPER),
    /** A token for this, asked for by somebody who may not. */
    TOKEN_OF_NOBODY(Account.NOBODY),
    /** A token for this, asked for without credentials. */
    ANONYMOUS_TOKEN,
    EXPIRED_TOKEN(Account.KEEPER),
    GARBAGE_TOKEN;

    private static final Set<Account> UPLOADERS = EnumSet.of(Account.PUSHER, Account.KEEPER, Account.ROOT);

    private final Optional<Account> account;

    Role() {
        this.account = Optional.empty();
    }

    Role(Account account) {
        this.account = Optional.of(account);
    }

    /** Somebody with the same identity and a password, if that may push. */
    Optional<Http> asUploader(AccessServer server) {
        if (this == ROBOT) {
            return Optional.of(server.http().authorized(server.robot().basic()));
        }
        return account.filter(UPLOADERS::contains).map(server::as);
    }

    /**
     * What stands in {@code Authorization}, if it is there.
     *
     * @param need what a token for this is for
     */
    Optional<String> authorization(AccessServer server, Need need, String repository) {
        return switch (this) {
            case ANONYMOUS -> Optional.empty();
            case WRONG_PASSWORD -> Optional.of(Shown.basic("root", "not the password"));
            case UNREADABLE_HEADER -> Optional.of("Basic " + Shown.secret("no-base-64-at-all!"));
            case NOBODY, PULLER, PUSHER, DELETER, REPOSITORY_ADMIN, REGISTRY_ADMIN -> account.map(Account::basic);
            case ROBOT -> Optional.of(server.robot().basic());
            case LIMITED_KEY -> Optional.of(server.limitedKey().basic());
            case TOKEN_OF_LIMITED_KEY -> Optional.of(
                    Shown.bearer(server.token(server.limitedKey(), need.tokenScope(repository))));
            case TOKEN_FOR_THIS, TOKEN_OF_NOBODY, ANONYMOUS_TOKEN -> token(server, need.tokenScope(repository));
            case TOKEN_FOR_LESS -> token(server, need.otherScope(repository));
            case TOKEN_FOR_ANOTHER -> token(server, need.tokenScope(repository + "/other"));
            case TOKEN_FOR_NOTHING -> token(server, "");
            case EXPIRED_TOKEN -> Optional.of(Shown.bearer(expired(server, need.tokenScope(repository))));
            case GARBAGE_TOKEN -> Optional.of(Shown.bearer("garbage.of-some.length"));
        };
    }

    private Optional<String> token(AccessServer server, String scope) {
        return Optional.of(Shown.bearer(server.token(account, scope)));
    }

    private String expired(AccessServer server, String scope) {
        Instant past = Instant.now().minus(Duration.ofMinutes(2));
        JWTClaimsSet claims = OwnKey.claims(server.token(account, scope)).expirationTime(Date.from(past)).build();
        return server.key().signed(claims);
    }
}
