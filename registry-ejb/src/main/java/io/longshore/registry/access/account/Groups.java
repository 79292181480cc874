package io.longshore.registry.access.account;

import io.longshore.registry.access.rule.RuleService;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.Slice;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.permission.Subject;
import java.sql.SQLException;
import java.util.Optional;

/** The groups that the registry keeps, of users that it keeps. Thread-safe. */
public final class Groups {
    private final Database database;
    private final Audit audit;
    private final RuleService rules;
    private final GroupTable groups = new GroupTable();
    private final UserTable users = new UserTable();

    public Groups(Database database, Audit audit, RuleService rules) {
        this.database = database;
        this.audit = audit;
        this.rules = rules;
    }

    /** Groups in ASCII order of their names, from behind {@code last}. */
    public Slice<Group> list(String last, int limit) {
        return Slice.of(database.statement(tx -> groups.after(tx, last, limit + 1L)), limit);
    }

    /** @throws RegistryException.NotFound if there is no such group */
    public Group get(AccountName name) {
        return database.statement(tx -> groups.find(tx, name)).orElseThrow(() -> unknown(name));
    }

    /** @throws RegistryException.Refused {@link RegistryException.Kind#CONFLICT} if there is such a group */
    public Group create(AccountName name, Optional<String> description, Actor actor) {
        description.ifPresent(AccountText::checkDescription);
        return database.transaction(tx -> {
            if (!groups.insert(tx, name, description)) {
                throw Conflicts.exists("a group", name.value());
            }
            record(tx, "group.create", actor, name, "");
            return groups.find(tx, name).orElseThrow();
        });
    }

    /** @throws RegistryException.NotFound if there is no such group */
    public Group change(AccountName name, Optional<String> description, Actor actor) {
        description.ifPresent(AccountText::checkDescription);
        return database.transaction(tx -> {
            require(groups.update(tx, name, description), name);
            record(tx, "group.change", actor, name, "");
            return groups.find(tx, name).orElseThrow();
        });
    }

    /**
     * Deletes a group with the rules for it, and leaves the users that were in it.
     *
     * @throws RegistryException.NotFound if there is no such group
     */
    public void delete(AccountName name, Actor actor) {
        database.transaction(tx -> {
            require(groups.delete(tx, name), name);
            rules.removeAll(tx, actor, new Subject(Subject.Kind.GROUP, name.value()));
            record(tx, "group.delete", actor, name, "");
            return null;
        });
        rules.committed();
    }

    /**
     * The users in a group, in ASCII order, from behind {@code last}.
     *
     * @throws RegistryException.NotFound if there is no such group
     */
    public Slice<AccountName> members(AccountName name, String last, int limit) {
        return database.transaction(tx -> {
            require(groups.find(tx, name).isPresent(), name);
            return Slice.of(groups.membersAfter(tx, name, last, limit + 1L), limit);
        });
    }

    /**
     * Puts a user into a group; one that is in it already stays.
     *
     * @throws RegistryException.NotFound if there is no such group, or no such user
     */
    public void addMember(AccountName name, AccountName user, Actor actor) {
        database.transaction(tx -> {
            if (groups.addMember(tx, name, user)) {
                record(tx, "group.member.add", actor, name, user.value());
                return null;
            }
            require(groups.find(tx, name).isPresent(), name);
            if (users.find(tx, user).isEmpty()) {
                throw new RegistryException.NotFound(ErrorCode.NAME_UNKNOWN, "no such user", user.value());
            }
            return null;
        });
    }

    /** @throws RegistryException.NotFound if there is no such group, or the user is not in it */
    public void removeMember(AccountName name, AccountName user, Actor actor) {
        database.transaction(tx -> {
            if (!groups.removeMember(tx, name, user)) {
                require(groups.find(tx, name).isPresent(), name);
                throw new RegistryException.NotFound(
                        ErrorCode.NAME_UNKNOWN, "no such user in group " + name, user.value());
            }
            record(tx, "group.member.remove", actor, name, user.value());
            return null;
        });
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
        return new RegistryException.NotFound(ErrorCode.NAME_UNKNOWN, "no such group", name.value());
    }
}
