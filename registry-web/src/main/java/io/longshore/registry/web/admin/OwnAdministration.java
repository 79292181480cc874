package io.longshore.registry.web.admin;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.account.AccountName;
import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import io.longshore.registry.web.access.Caller;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps administrators from shutting themselves out by mistake: whoever changes something administers the registry
 * afterwards as well, so that somebody does. Two who shut out each other at the same time are let in again by the
 * configuration, {@code auth.admins}. Thread-safe.
 */
public final class OwnAdministration {
    private final Policy policy;

    public OwnAdministration(Policy policy) {
        this.policy = policy;
    }

    /** @throws RegistryException.Refused {@link RegistryException.Kind#CONFLICT} if that user is the caller */
    void requireOther(Caller caller, AccountName user) {
        if (caller.identity().subject().equals(new Subject(Subject.Kind.USER, user.value()))) {
            throw refused("nobody disables or deletes themselves");
        }
    }

    /**
     * @throws RegistryException.Refused {@link RegistryException.Kind#CONFLICT} if the caller would not administer the
     *     registry without being in the group
     */
    void requireWithout(Caller caller, AccountName group) {
        Identity now = caller.identity();
        Set<String> groups = new HashSet<>(now.groups());
        if (!groups.remove(group.value())) {
            return;
        }
        Identity then = new Identity(now.subject(), groups, now.source(), now.credential(), now.limits());
        if (!policy.permissionsOf(then).allowAdministration()) {
            throw refused("you would not administer the registry any more");
        }
    }

    /**
     * @throws RegistryException.Refused {@link RegistryException.Kind#CONFLICT} if the caller would not administer the
     *     registry without this rule, which is there
     */
    void requireWithout(Caller caller, Rule rule) {
        Identity identity = caller.identity();
        if (administers(rule.grant())
                && isFor(rule.subject(), identity)
                && policy.grantsOf(identity).stream().filter(OwnAdministration::administers).count() <= 1) {
            throw refused("you would not administer the registry any more");
        }
    }

    static boolean administers(Grant grant) {
        return grant.actions().contains(Action.ADMIN) && grant.repositories().equals(RepositoryPattern.ALL);
    }

    private static boolean isFor(Subject subject, Identity identity) {
        return switch (subject.kind()) {
            case USER, ROBOT -> subject.equals(identity.subject());
            case GROUP -> identity.groups().contains(subject.name());
            case AUTHENTICATED -> identity.subject().kind() == Subject.Kind.USER;
            case ANONYMOUS -> true;
        };
    }

    private static RegistryException refused(String message) {
        return new RegistryException.Refused(
                RegistryException.Kind.CONFLICT, ErrorCode.DENIED, message + "; let another administrator do it", "");
    }
}
