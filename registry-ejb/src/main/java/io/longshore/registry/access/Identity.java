package io.longshore.registry.access;

import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who somebody proved to be. Immutable.
 *
 * @param subject a user, a robot, or {@link Subject#ANONYMOUS}
 * @param groups names of the groups that the subject is in
 * @param source the name of the authenticator that says so, such as {@code ldap}; empty for anonymous
 * @param credential what of the subject's credentials was shown, where it has several that can be revoked one by one,
 *     such as the id of a personal access token; empty where it has not. Never a secret
 * @param limits what the credential is limited to, whatever the subject may do; empty for no limits
 */
public record Identity(
        Subject subject, Set<String> groups, String source, String credential, Optional<List<Grant>> limits) {
    public static final Identity ANONYMOUS = new Identity(Subject.ANONYMOUS, Set.of(), "", "", Optional.empty());

    public Identity {
        groups = Set.copyOf(groups);
        limits = limits.map(List::copyOf);
    }

    /**
     * A user who showed what allows whatever the user may do.
     *
     * @throws IllegalArgumentException if users cannot be called so
     */
    public static Identity user(String name, Set<String> groups, String source) {
        return new Identity(new Subject(Subject.Kind.USER, name), groups, source, "", Optional.empty());
    }

    public boolean isAnonymous() {
        return subject.equals(Subject.ANONYMOUS);
    }
}
