package io.longshore.registry.access.account;

import io.longshore.registry.access.rule.RuleService;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.Slice;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.permission.Subject;
import java.sql.SQLException;

/** The users that the registry keeps, for those who administer them. Thread-safe. */
public final class Users {
    private final Database database;
    private final Audit audit;
    private final RuleService rules;
    private final PasswordHash passwords;
    private final UserTable users = new UserTable();
    private final TokenTable tokens = new TokenTable();

    public Users(Database database, Audit audit, RuleService rules, PasswordHash passwords) {
        this.database = database;
        this.audit = audit;
        this.rules = rules;
        this.passwords = passwords;
    }

    /**
     * Users in ASCII order of their names, from behind {@code last}, which need not be one; empty for the beginning.
     */
    public Slice<User> list(String last, int limit) {
        return Slice.of(database.statement(tx -> users.after(tx, last, limit + 1L)), limit);
    }

    /** @throws RegistryException.NotFound if there is no such user */
    public User get(AccountName name) {
        return database.statement(tx -> users.find(tx, name)).orElseThrow(() -> unknown(name));
    }

    /**
     * @throws RegistryException.Refused {@link RegistryException.Kind#CONFLICT} if there is such a user
     * @throws RegistryException.Invalid if the password is no good for this user
     */
    public User create(AccountName name, NewPassword password, UserProfile profile, Actor actor) {
        password.checkFor(name);
        String hash = passwords.hash(password.secret());
        return database.transaction(tx -> {
            if (!users.insert(tx, name, hash, profile)) {
                throw Conflicts.exists("a user", name.value());
            }
            record(tx, "user.create", actor, name, "");
            return users.find(tx, name).orElseThrow();
        });
    }

    /**
     * Replaces what is said of a user. Of two who do so at once, the last wins.
     *
     * @throws RegistryException.NotFound if there is no such user
     */
    public User change(AccountName name, UserProfile profile, Actor actor) {
        return database.transaction(tx -> {
            require(users.update(tx, name, profile), name);
            record(tx, "user.change", actor, name, profile.disabled() ? "disabled" : "");
            return users.find(tx, name).orElseThrow();
        });
    }

    /**
     * Gives a user another password.
     *
     * @throws RegistryException.NotFound if there is no such user
     * @throws RegistryException.Invalid if the password is no good for this user
     */
    public void setPassword(AccountName name, NewPassword password, Actor actor) {
        password.checkFor(name);
        String hash = passwords.hash(password.secret());
        database.transaction(tx -> {
            require(users.setPassword(tx, name, hash), name);
            record(tx, "user.password", actor, name, "");
            return null;
        });
    }

    /**
     * Lets a user have another password who knows the old one. Takes two hashes, and can be used to guess.
     *
     * @return false if the old one is wrong, or was changed by somebody else meanwhile
     * @throws RegistryException.NotFound if there is no such user
     * @throws RegistryException.Invalid if the new password is no good for this user
     */
    public boolean changePassword(AccountName name, Secret old, NewPassword password, Actor actor) {
        password.checkFor(name);
        String before = database.statement(tx -> users.login(tx, name.value()))
                .map(UserTable.Login::passwordHash)
                .orElseThrow(() -> unknown(name));
        if (!passwords.verify(old, before)) {
            return false;
        }
        String after = passwords.hash(password.secret());
        return database.transaction(tx -> {
            boolean changed = users.changePassword(tx, name, before, after);
            if (changed) {
                record(tx, "user.password", actor, name, "by the user");
            }
            return changed;
        });
    }

    /**
     * Deletes a user with all its tokens and memberships, and the rules for it: whoever is called so next is somebody
     * else.
     *
     * @throws RegistryException.NotFound if there is no such user
     */
    public void delete(AccountName name, Actor actor) {
        database.transaction(tx -> {
            require(users.delete(tx, name), name);
            tokens.deleteOf(tx, name.value(), UserAuthenticator.NAME);
            rules.removeAll(tx, actor, new Subject(Subject.Kind.USER, name.value()));
            record(tx, "user.delete", actor, name, "");
            return null;
        });
        rules.committed();
    }

    private void record(Transaction tx, String act, Actor actor, AccountName name, String detail)
            throws SQLException {
        audit.record(tx, AuditEvent.of(act, actor, name.value(), detail));
    }

    private static void require(boolean found, AccountName name) {
        if (!found) {
            throw unknown(name);
        }
    }

    private static RegistryException unknown(AccountName name) {
        return new RegistryException.NotFound(ErrorCode.NAME_UNKNOWN, "no such user", name.value());
    }
}
