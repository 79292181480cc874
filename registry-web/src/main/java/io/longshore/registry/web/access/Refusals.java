package io.longshore.registry.web.access;

import io.longshore.registry.audit.Denials;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import java.util.Optional;

/** Says no: 401 where other credentials could help, 403 where they could not, which is audited. Thread-safe. */
public final class Refusals {
    static final String INSUFFICIENT_SCOPE = "insufficient_scope";
    static final String INVALID_TOKEN = "invalid_token";

    private final Challenges challenges;
    private final Denials denials;

    public Refusals(Challenges challenges, Denials denials) {
        this.challenges = challenges;
        this.denials = denials;
    }

    RegistryException unauthenticated(Caller caller, String scope, String error, String message) {
        return new RegistryException.Unauthenticated(
                challenges.of(caller.request(), scope, error), message, scope);
    }

    RegistryException denied(Caller caller, RepositoryName repository, Action action) {
        denials.record(caller.actor(), Optional.of(repository), action.word());
        return new RegistryException.Denied(
                who(caller) + " may not " + action.word() + ' ' + repository, repository.toString());
    }

    /** Who is told that the user may not, may look for a rule where it is the token that is good for less. */
    private static String who(Caller caller) {
        String subject = caller.identity().subject().toString();
        return caller.identity().limits().isPresent() ? "the token of " + subject : subject;
    }

    RegistryException deniedAdministration(Caller caller) {
        denials.record(caller.actor(), Optional.empty(), "administration");
        return new RegistryException.Denied(
                caller.identity().subject() + " does not administer this registry", "");
    }
}
