package io.longshore.registry.access.token;

import io.longshore.registry.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody who asked for a token gets. Prints no token.
 *
 * @param issuedAt whole seconds
 * @param refreshToken what further tokens are fetched with; empty if it was not asked for
 */
public record IssuedToken(
        Secret token, Instant issuedAt, Duration lifetime, TokenAccess access, Optional<Secret> refreshToken) {}
