package io.longshore.registry.access.account;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;

/** What cannot be because of what is there already. */
final class Conflicts {

    private Conflicts() {}

    /** @param what such as {@code a user} */
    static RegistryException exists(String what, String name) {
        return refused("there is " + what + " of this name already", name);
    }

    static RegistryException refused(String message, String detail) {
        return new RegistryException.Refused(
                RegistryException.Kind.CONFLICT, ErrorCode.DENIED, message, detail);
    }
}
