package io.longshore.registry.access.oidc;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.jwt.JwtClaims;
import io.longshore.registry.config.OidcConfig;
import io.longshore.registry.permission.Subject;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says who is meant by tokens of an issuer, if anybody. Immutable and thread-safe. */
final class ClaimedIdentity {
    private static final System.Logger LOG = System.getLogger(ClaimedIdentity.class.getName());

    private static final String EMAIL = "email";

    private record Names(ClaimPath claim, String prefix) {
        static Names of(OidcConfig.Names names) {
            return new Names(new ClaimPath(names.claim()), names.prefix());
        }
    }

    private final String issuer;
    private final Names users;
    private final Optional<Names> groups;
    private final Map<ClaimPath, List<ClaimPattern>> required;

    ClaimedIdentity(OidcConfig config) {
        this.issuer = config.name();
        this.users = Names.of(config.users());
        this.groups = config.groups().map(Names::of);
        this.required = config.claims().entrySet().stream().collect(Collectors.toMap(
                claim -> new ClaimPath(claim.getKey()),
                claim -> claim.getValue().stream().map(ClaimPattern::new).toList()));
    }

    /**
     * Who is meant.
     *
     * @param person whether somebody logged in with a browser for the token
     * @return empty if a claim that is required is not as it must be, or users cannot be called so
     */
    Optional<Identity> of(JwtClaims claims, boolean person) {
        for (Map.Entry<ClaimPath, List<ClaimPattern>> claim : required.entrySet()) {
            Optional<Object> value = claim.getKey().in(claims);
            if (value.isEmpty() || claim.getValue().stream().noneMatch(pattern -> pattern.matchesClaim(value.get()))) {
                return refused("the claim " + claim.getKey().path() + " is not as it must be");
            }
        }
        if (claims.value("events").isPresent()) {
            return refused("it says what has happened, not who somebody is");
        }
        if (asksForMail() && isUnverified(claims.value("email_verified"))) {
            return refused("its e-mail address was not verified");
        }
        Optional<String> name = users.claim().in(claims)
                .filter(String.class::isInstance)
                .filter(text -> !text.equals(""))
                .map(text -> users.prefix() + text)
                .filter(Subject::isName);
        return name.isEmpty()
                ? refused("users cannot be called as its claim " + users.claim().path() + " says")
                : name.map(user -> new Identity(
                        new Subject(Subject.Kind.USER, user),
                        groups(claims),
                        OidcAuthenticator.NAME,
                        new TokenCredential(issuer, claims.expiry(), person).toString(),
                        Optional.empty()));
    }

    /** Whether the address decides who somebody is, or whether anybody is let in. */
    private boolean asksForMail() {
        return users.claim().path().equals(EMAIL)
                || required.keySet().stream().anyMatch(claim -> claim.path().equals(EMAIL));
    }

    /** An issuer that says nothing of it has verified it, or has no others. */
    private static boolean isUnverified(Optional<Object> verified) {
        return verified.isPresent() && !verified.get().toString().equals("true");
    }

    private Optional<Identity> refused(String reason) {
        LOG.log(Level.DEBUG, "a token of {0} is not accepted: {1}", issuer, reason);
        return Optional.empty();
    }

    private Set<String> groups(JwtClaims claims) {
        Set<String> names = new HashSet<>();
        groups.ifPresent(from -> JwtClaims.texts(from.claim().in(claims).orElse(null)).stream()
                .filter(text -> !text.isEmpty())
                .map(text -> from.prefix() + text)
                .filter(Subject::isName)
                .forEach(names::add));
        return names;
    }
}
