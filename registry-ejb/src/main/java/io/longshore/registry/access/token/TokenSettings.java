package io.longshore.registry.access.token;

import io.longshore.registry.config.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * How tokens are made.
 *
 * @param issuer the same on every node
 * @param service for whom tokens are, the same on every node
 * @param lifetime how long a token is valid, whole seconds
 * @param refreshIdle how long a refresh token may lie unused; zero if none are given out
 * @param keyRotation how long a key signs
 * @param keySecret what private keys are encrypted with
 */
public record TokenSettings(
        String issuer,
        String service,
        Duration lifetime,
        Duration refreshIdle,
        Duration keyRotation,
        Optional<Secret> keySecret) {}
