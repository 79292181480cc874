package io.longshore.registry.access.bearer;

import io.longshore.registry.access.jwt.KeyHint;
import io.longshore.registry.access.jwt.TrustedKey;
import io.longshore.registry.access.jwt.TrustedKeys;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a token service: those of certificates and those of a set. Certificates that a token brings are held
 * against those that we have; only where we have none are they passed over.
 */
record ServiceKeys(Optional<TrustedKeys> certificates, Optional<TrustedKeys> set) implements TrustedKeys {

    @Override
    public List<TrustedKey> find(KeyHint hint) throws IOException {
        if (certificates.isPresent()) {
            List<TrustedKey> found = certificates.get().find(hint);
            if (!found.isEmpty() || !hint.chain().isEmpty()) {
                return found;
            }
        }
        return set.isPresent() ? set.get().find(hint) : List.of();
    }
}
