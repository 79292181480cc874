package io.longshore.registry.access.account;

import io.longshore.registry.permission.Grant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A personal access token: a further secret of a user, good for a part of what the user may do.
 *
 * @param id not secret; a part of the token
 * @param owner the name of a user
 * @param source the name of the authenticator that knows the owner
 * @param title what the owner calls it
 * @param scopes what it is good for, as far as its owner may do that
 * @param expiresAt from when on it is not accepted
 * @param lastUsedAt coarse: up to some minutes late, and lost if a node dies meanwhile
 */
public record AccessToken(
        String id,
        String owner,
        String source,
        String title,
        List<Grant> scopes,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> lastUsedAt) {

    public AccessToken {
        scopes = List.copyOf(scopes);
    }
}
