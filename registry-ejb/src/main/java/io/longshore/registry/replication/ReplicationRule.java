package io.longshore.registry.replication;

import io.longshore.registry.config.Secret;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is copied from where to where, and when.
 *
 * @param name lower-case letters, digits, '.', '_' and '-'
 * @param deletes whether what is gone at the source goes at the target, as far as the rule has copied it
 * @param onEvent whether what happens in repositories here is copied at once; of {@link Direction#PUSH} alone
 */
public record ReplicationRule(
        String name, Direction direction, boolean enabled, Remote remote, Selection selection, Mapping mapping,
        boolean deletes, Optional<Timetable> timetable, boolean onEvent, Limits limits) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /** @throws IllegalArgumentException if nothing happens here that could be waited for */
    public ReplicationRule {
        if (onEvent && direction == Direction.PULL) {
            throw new IllegalArgumentException("what happens in another registry is not known here: give a schedule");
        }
    }

    /** @throws IllegalArgumentException if a rule cannot be called so; the message says what was expected */
    public static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected 1 to 64 lower-case letters, digits, '.', '_' and '-', a letter or digit first");
        }
        return text;
    }

    /** Without what must not be seen. */
    ReplicationRule withoutPassword() {
        return with(remote.as(remote.login().map(login -> new Remote.Login(login.user(), Secret.of("")))));
    }

    /** Logged in. */
    public ReplicationRule as(Remote.Login login) {
        return with(remote.as(Optional.of(login)));
    }

    ReplicationRule with(Remote other) {
        return new ReplicationRule(
                name, direction, enabled, other, selection, mapping, deletes, timetable, onEvent, limits);
    }
}
