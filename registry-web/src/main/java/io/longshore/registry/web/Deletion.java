package io.longshore.registry.web;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;

/** Whether clients may delete: {@code storage.delete.enabled}. */
public record Deletion(boolean enabled) {

    void check() {
        if (!enabled) {
            throw new RegistryException.Refused(
                    RegistryException.Kind.NOT_ALLOWED,
                    ErrorCode.UNSUPPORTED,
                    "deleting is switched off: storage.delete.enabled",
                    "");
        }
    }
}
