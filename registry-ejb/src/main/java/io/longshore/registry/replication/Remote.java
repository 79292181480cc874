package io.longshore.registry.replication;

import io.longshore.registry.config.Secret;
import java.util.Optional;

/**
 * The other registry, and how it is spoken to.
 *
 * @param registry host, with its port if that is not the usual one
 * @param plain whether without TLS
 * @param insecure whether any certificate of it will do
 * @param authorities certificates that are trusted beside those of the JDK, in PEM
 * @param login as whom; empty for nobody
 */
public record Remote(
        String registry, boolean plain, boolean insecure, Optional<String> authorities, Optional<Login> login) {

    /** A user and a password, which prints without it. */
    public record Login(String user, Secret password) {}

    Remote as(Optional<Login> other) {
        return new Remote(registry, plain, insecure, authorities, other);
    }

    /** Whether who knows what {@code other} is shown may be shown the same here. */
    public boolean isTheSamePlaceAs(Remote other) {
        return registry.equals(other.registry) && (!plain || other.plain) && (!insecure || other.insecure)
                && (authorities.isEmpty() || authorities.equals(other.authorities));
    }
}
