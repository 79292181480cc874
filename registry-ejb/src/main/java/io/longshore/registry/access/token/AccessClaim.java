package io.longshore.registry.access.token;

import com.nimbusds.jwt.JWTClaimsSet;
import io.longshore.registry.access.jwt.ClaimedPermissions;
import io.longshore.registry.access.jwt.JwtClaims;
import io.longshore.registry.access.token.TokenAccess.Catalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How tokens say what they are good for: the claim {@code access} of Docker's tokens. */
final class AccessClaim {
    private static final String ACCESS = ClaimedPermissions.CLAIM;
    private static final String TYPE = "type";
    private static final String NAME = "name";
    private static final String ACTIONS = "actions";

    private AccessClaim() {}

    static void write(TokenAccess access, JWTClaimsSet.Builder claims) {
        List<Map<String, Object>> list = new ArrayList<>();
        access.repositories().forEach((name, actions) ->
                list.add(entry(Scopes.REPOSITORY, name.value(), TokenAccess.words(actions))));
        access.catalog().ifPresent(catalog ->
                list.add(entry(Scopes.REGISTRY, Scopes.CATALOG, List.of(catalog.word()))));
        claims.claim(ACCESS, list);
    }

    private static Map<String, Object> entry(String type, String name, List<String> actions) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(TYPE, type);
        entry.put(NAME, name);
        entry.put(ACTIONS, actions);
        return entry;
    }

    /**
     * What a token of ours gives: as one of any other service, but that the catalog of what the subject may see can be
     * listed with it, too.
     */
    static ClaimedPermissions read(JwtClaims claims) {
        ClaimedPermissions claimed = ClaimedPermissions.of(claims);
        return new ClaimedPermissions(claimed.repositories(), claimed.catalog() || listsVisible(claims));
    }

    private static boolean listsVisible(JwtClaims claims) {
        return claims.value(ACCESS).orElse(null) instanceof List<?> list
                && list.contains(entry(Scopes.REGISTRY, Scopes.CATALOG, List.of(Catalog.VISIBLE.word())));
    }
}
