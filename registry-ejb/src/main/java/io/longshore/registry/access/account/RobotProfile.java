package io.longshore.registry.access.account;

import java.time.Instant;
import java.util.Optional;

/**
 * What an administrator may change of a robot.
 *
 * @param expiresAt from when on it can not log in, exclusive; empty for never
 * @param disabled whether it can not log in
 */
public record RobotProfile(Optional<String> description, Optional<Instant> expiresAt, boolean disabled) {
    /** @throws io.longshore.registry.model.RegistryException.Invalid if the description is no good */
    public RobotProfile {
        description.ifPresent(AccountText::checkDescription);
    }
}
