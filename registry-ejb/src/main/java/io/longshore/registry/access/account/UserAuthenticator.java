package io.longshore.registry.access.account;

import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.database.Database;
import io.longshore.registry.permission.Subject;
import java.util.Optional;

/**
 * Knows the users that the registry keeps by their passwords. The credential of an identity is the time at which its
 * password was set, so that what was given out on the strength of another password is not renewed.
 */
public final class UserAuthenticator implements Authenticator {
    /** The {@linkplain Identity#source() source} of users that the registry keeps. */
    public static final String NAME = "users";

    private final Database database;
    private final PasswordHash passwords;
    private final LastUses uses;
    private final UserTable users = new UserTable();

    public UserAuthenticator(Database database, PasswordHash passwords, LastUses uses) {
        this.database = database;
        this.passwords = passwords;
        this.uses = uses;
    }

    @Override
    public Optional<Identity> authenticate(Credentials credentials) {
        // Tokens that are shown as passwords are longer, and need no slow hash to be told that they are none. Whoever
        // sends a text knows how long it is: that it takes no time says nothing about who is there.
        if (!(credentials instanceof Credentials.Password shown) || NewPassword.isTooLong(shown.password())) {
            return Optional.empty();
        }
        Optional<UserTable.Login> login = login(shown.user());
        boolean right = login.isPresent()
                ? passwords.verify(shown.password(), login.get().passwordHash())
                : passwords.verifyNobody(shown.password());
        if (!right || login.get().disabled()) {
            return Optional.empty();
        }
        uses.note(LastUses.Kind.USER, shown.user());
        return Optional.of(identity(shown.user(), login.get()));
    }

    @Override
    public Optional<Identity> refresh(Identity identity) {
        return lookUp(identity).filter(now -> now.credential().equals(identity.credential()));
    }

    @Override
    public Optional<Identity> lookUp(Identity user) {
        String name = user.subject().name();
        return login(name).filter(login -> !login.disabled()).map(login -> identity(name, login));
    }

    @Override
    public String name() {
        return NAME;
    }

    private Optional<UserTable.Login> login(String name) {
        return AccountName.isName(name) ? database.statement(tx -> users.login(tx, name)) : Optional.empty();
    }

    private static Identity identity(String name, UserTable.Login login) {
        return new Identity(
                new Subject(Subject.Kind.USER, name), login.groups(), NAME, login.passwordSetAt().toString(),
                Optional.empty());
    }
}
