package io.longshore.registry.access.oidc;

import io.longshore.registry.access.jwt.JwtClaims;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The name of a claim, or the way to one in another: {@code realm_access.roles} is the claim of this name, or else
 * {@code roles} in {@code realm_access}. Names may hold dots.
 */
record ClaimPath(String path) {

    Optional<Object> in(JwtClaims claims) {
        return find(claims::value, path);
    }

    private static Optional<Object> find(Function<String, Optional<Object>> claims, String path) {
        Optional<Object> found = claims.apply(path);
        for (int dot = path.indexOf('.'); dot >= 0 && found.isEmpty(); dot = path.indexOf('.', dot + 1)) {
            String rest = path.substring(dot + 1);
            found = claims.apply(path.substring(0, dot)).flatMap(outer -> outer instanceof Map<?, ?> inner
                    ? find(name -> Optional.ofNullable(inner.get(name)), rest)
                    : Optional.empty());
        }
        return found;
    }
}
