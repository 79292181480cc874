package io.longshore.registry.access.token;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.Permissions;

/** What the rules say, as far as tokens have to know. Thread-safe. */
public interface Rights {

    /** What somebody may do. */
    Permissions of(Identity identity);

    /** Whether any rule gives something to this group: others need not stand in a token. */
    boolean areForGroup(String group);
}
