package io.longshore.registry.access.account;

import io.longshore.registry.config.Secret;

/**
 * An account with a secret that was just made for it.
 *
 * @param secret to be shown once: nobody can ask for it again
 */
public record Issued<T>(T account, Secret secret) {}
