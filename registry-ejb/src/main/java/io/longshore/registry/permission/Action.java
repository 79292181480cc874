package io.longshore.registry.permission;

import java.util.Locale;
import java.util.Optional;

/** What may be done with a repository. In the words of the scopes of Docker's tokens, but for {@link #ADMIN}. */
public enum Action {
    /** Read manifests, blobs, tags and referrers. */
    PULL,
    /** Write blobs, manifests and tags. */
    PUSH,
    /** Delete blobs, manifests and tags. */
    DELETE,
    /** All of these; over every repository, the administration of the registry as well. */
    ADMIN;

    /** As it is written everywhere, such as {@code pull}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The action of this word; empty if there is none. */
    public static Optional<Action> of(String word) {
        for (Action action : values()) {
            if (action.word().equals(word)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    /** Whether who may do this may do {@code other}. */
    public boolean includes(Action other) {
        return this == other || this == ADMIN;
    }
}
