package io.longshore.registry.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The registry's own token service.
 *
 * @param realm where clients fetch tokens, if not at the registry's own address
 * @param lifetime how long a token is valid
 * @param refreshIdle how long a refresh token may lie unused; zero if there are to be none
 * @param keyRotation how long a key signs
 * @param keySecret what private keys are encrypted with in the database
 */
public record TokenServiceConfig(
        boolean enabled,
        String issuer,
        String service,
        Optional<URI> realm,
        Duration lifetime,
        Duration refreshIdle,
        Duration keyRotation,
        Optional<Secret> keySecret) {}
