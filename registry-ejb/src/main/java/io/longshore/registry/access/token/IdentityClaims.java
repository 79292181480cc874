package io.longshore.registry.access.token;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.jwt.JwtClaims;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Subject;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How tokens say who somebody is. What is empty is left out, since a token comes with every request. */
final class IdentityClaims {
    private static final String SOURCE = "src";
    private static final String CREDENTIAL = "crd";
    private static final String GROUPS = "grp";
    private static final String LIMITS = "lim";

    private IdentityClaims() {}

    static void write(Identity identity, JWTClaimsSet.Builder claims) {
        claims.subject(identity.subject().toString());
        if (!identity.source().isEmpty()) {
            claims.claim(SOURCE, identity.source());
        }
        if (!identity.credential().isEmpty()) {
            claims.claim(CREDENTIAL, identity.credential());
        }
        if (!identity.groups().isEmpty()) {
            claims.claim(GROUPS, identity.groups().stream().sorted().toList());
        }
        identity.limits().ifPresent(limits -> claims.claim(LIMITS, json(limits)));
    }

    /** Empty if it is not what {@link #write} writes. */
    static Optional<Identity> read(JwtClaims claims) {
        try {
            Optional<Object> limits = claims.value(LIMITS);
            return Optional.of(new Identity(
                    Subject.parse(claims.subject().orElse("")),
                    new HashSet<>(claims.texts(GROUPS)),
                    claims.text(SOURCE).orElse(""),
                    claims.text(CREDENTIAL).orElse(""),
                    limits.isPresent() ? Optional.of(grants(limits.get())) : Optional.empty()));
        } catch (IllegalArgumentException | RegistryException.Invalid e) {
            return Optional.empty();
        }
    }

    /** Limits as a list of lists: {@code [["team/**","pull","push"]]}. */
    static List<List<String>> json(List<Grant> grants) {
        List<List<String>> lists = new ArrayList<>();
        for (Grant grant : grants) {
            List<String> list = new ArrayList<>(List.of(grant.repositories().value()));
            grant.actions().stream().sorted().map(Action::word).forEach(list::add);
            lists.add(list);
        }
        return lists;
    }

    /**
     * What {@link #json} made.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static List<Grant> grants(Object lists) {
        if (!(lists instanceof List<?> items)) {
            throw new IllegalArgumentException("expected a list of limits");
        }
        return items.stream().map(JwtClaims::texts).map(IdentityClaims::grant).toList();
    }

    private static Grant grant(List<String> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("expected a limit");
        }
        Set<Action> actions = EnumSet.noneOf(Action.class);
        list.stream().skip(1).forEach(word -> actions.add(Action.of(word).orElseThrow(IllegalArgumentException::new)));
        return new Grant(RepositoryPattern.parse(list.get(0)), actions);
    }

    /** As {@link #json}, in one text. */
    static String text(List<Grant> grants) {
        return JSONArrayUtils.toJSONString(json(grants));
    }

    /** What {@link #text} made. */
    static List<Grant> grants(String text) {
        try {
            return grants(JSONArrayUtils.parse(text));
        } catch (ParseException e) {
            throw new IllegalArgumentException("expected limits as JSON", e);
        }
    }
}
