package io.longshore.registry.config;

import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what, and how they prove who they are.
 *
 * @param open whether nothing is configured, so that everybody may do everything
 * @param challenge what clients are asked for
 * @param anonymous what may be done with every repository without credentials
 * @param authenticated what every user who is signed in may do with every repository
 * @param admins who may do everything, and administer the registry
 * @param rules further rules, beside those in the database
 * @param logins the ways of logging in
 * @param cacheTime how long verified credentials are remembered; zero for not at all
 * @param throttle how failed logins are slowed down
 * @param tokens the registry's own tokens
 */
public record AuthConfig(
        boolean open,
        Challenge challenge,
        Set<Action> anonymous,
        Set<Action> authenticated,
        List<Subject> admins,
        List<Rule> rules,
        Logins logins,
        Duration cacheTime,
        Throttle throttle,
        TokenServiceConfig tokens) {

    /** The scheme of a challenge. */
    public enum Challenge {
        BEARER,
        BASIC
    }

    /**
     * The ways of logging in that are configured.
     *
     * @param htpasswd users in a file
     * @param ldap users in a directory
     * @param certificate users by their certificates
     * @param accounts users, robots and tokens in the database
     * @param token a token service that is not ours
     * @param oidc issuers of OpenID Connect
     * @param providers those that are not part of the registry: what each is told, by its name
     */
    public record Logins(
            Optional<HtpasswdConfig> htpasswd,
            Optional<LdapConfig> ldap,
            Optional<CertificateConfig> certificate,
            AccountsConfig accounts,
            Optional<TokenAuthConfig> token,
            List<OidcConfig> oidc,
            Map<String, Map<String, Secret>> providers) {
        boolean isEmpty() {
            return htpasswd.isEmpty() && ldap.isEmpty() && certificate.isEmpty() && !accounts.users()
                    && token.isEmpty() && oidc.isEmpty() && providers.isEmpty();
        }
    }

    /**
     * How failed logins are slowed down.
     *
     * @param after so many failures of the same account from the same address
     * @param longest the longest time to wait before the next attempt; zero for none at all
     */
    public record Throttle(int after, Duration longest) {}
}
