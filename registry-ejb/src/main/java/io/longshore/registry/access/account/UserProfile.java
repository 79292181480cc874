package io.longshore.registry.access.account;

import java.util.Optional;

/**
 * What an administrator may change of a user.
 *
 * @param disabled whether it can not log in, and neither can its tokens
 */
public record UserProfile(Optional<String> email, Optional<String> description, boolean disabled) {
    /**
     * @throws io.longshore.registry.model.RegistryException.Invalid if a text is too long or has control characters, or
     *     the address has no {@code @}
     */
    public UserProfile {
        email.ifPresent(AccountText::checkEmail);
        description.ifPresent(AccountText::checkDescription);
    }
}
