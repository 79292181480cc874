package io.longshore.registry.access.account;

import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.SecretAuthenticator;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.Database;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/**
 * Knows users by their personal access tokens. The user name that comes with one is not looked at: the token says whose
 * it is. Each time, the authenticator that knew the owner when the token was made is asked what has become of the
 * owner: a token has the groups that its owner has now, and is worth nothing when its owner is gone. The credential of
 * an identity is the id of the token.
 */
public final class TokenAuthenticator implements SecretAuthenticator {
    private static final String NAME = "tokens";

    private final Database database;
    private final Clock clock;
    private final LastUses uses;
    private final Sources sources;
    private final TokenTable tokens = new TokenTable();

    /** @param sources all other authenticators there are; tokens of users whom others knew are not accepted */
    public TokenAuthenticator(Database database, Clock clock, LastUses uses, Sources sources) {
        this.database = database;
        this.clock = clock;
        this.uses = uses;
        this.sources = sources;
    }

    @Override
    public boolean isSecret(Secret text) {
        return AccessKey.parse(AccessKey.Kind.TOKEN, text).isPresent();
    }

    @Override
    public Optional<Identity> authenticate(Credentials credentials) throws IOException {
        if (!(credentials instanceof Credentials.Password shown)) {
            return Optional.empty();
        }
        Optional<AccessKey> key = AccessKey.parse(AccessKey.Kind.TOKEN, shown.password());
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Optional<TokenTable.Login> token = database.statement(tx -> tokens.login(tx, key.get().id()))
                .filter(known -> key.get().hasHash(known.secretHash()));
        Optional<Identity> owner = identity(token, key.get().id());
        if (owner.isPresent()) {
            uses.note(LastUses.Kind.TOKEN, key.get().id());
        }
        return owner;
    }

    @Override
    public Optional<Identity> refresh(Identity identity) throws IOException {
        return identity(
                database.statement(tx -> tokens.login(tx, identity.credential())), identity.credential());
    }

    @Override
    public String name() {
        return NAME;
    }

    private Optional<Identity> identity(Optional<TokenTable.Login> found, String id) throws IOException {
        if (found.isEmpty() || !clock.instant().isBefore(found.get().expiresAt())) {
            return Optional.empty();
        }
        TokenTable.Login token = found.get();
        Identity then = new Identity(
                new Subject(Subject.Kind.USER, token.owner()), token.ownerGroups(), token.source(),
                token.ownerCredential(), Optional.empty());
        return sources.lookUp(then)
                .map(now -> new Identity(now.subject(), now.groups(), NAME, id, Optional.of(token.scopes())));
    }
}
