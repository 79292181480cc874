package io.longshore.registry.web;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.TokenVerifiers;
import io.longshore.registry.access.login.LoginService;
import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.Denials;
import io.longshore.registry.config.AuthConfig;
import io.longshore.registry.config.HtpasswdConfig;
import io.longshore.registry.config.RegistryConfig;
import io.longshore.registry.config.TokenAuthConfig;
import io.longshore.registry.config.TokenServiceConfig;
import io.longshore.registry.web.access.Callers;
import io.longshore.registry.web.access.Challenges;
import io.longshore.registry.web.access.ClientAddress;
import io.longshore.registry.web.access.LoginFilter;
import io.longshore.registry.web.access.Refusals;
import io.longshore.registry.web.access.RequestFacts;
import io.longshore.registry.web.location.Locations;
import io.longshore.registry.web.signin.Sessions;
import io.longshore.registry.web.token.TokenApi;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes the filters that find out who sends a request, as is configured. */
final class LoginSetup {
    private static final String STANDARD_REALM = "Longshore";

    private final RegistryConfig config;
    private final LoginService logins;
    private final Policy policy;
    /** One for all filters, which count together. */
    private final Denials denials;
    private final RequestFacts facts;

    LoginSetup(RegistryConfig config, LoginService logins, Policy policy, Audit audit, RequestFacts facts) {
        this.config = config;
        this.logins = logins;
        this.policy = policy;
        this.denials = new Denials(audit, System::nanoTime);
        this.facts = facts;
    }

    /** For the work with images: by tokens, too. */
    LoginFilter byTokens(TokenVerifiers tokens, Locations locations) {
        Challenges challenges = config.auth().challenge() == AuthConfig.Challenge.BEARER
                ? bearer(locations).orElseGet(this::passwords)
                : passwords();
        return filter(tokens, challenges, request -> Optional.empty());
    }

    /** By a password or a certificate alone. */
    LoginFilter byPasswords() {
        return filter(new TokenVerifiers(List.of()), passwords(), request -> Optional.empty());
    }

    /** As {@link #byPasswords}, or by having logged in with a browser. */
    LoginFilter byPasswords(Sessions sessions) {
        return filter(new TokenVerifiers(List.of()), passwords(), sessions::of);
    }

    private LoginFilter filter(
            TokenVerifiers tokens, Challenges challenges, Function<HttpServletRequest, Optional<Identity>> sessions) {
        return new LoginFilter(new Callers(
                logins, tokens.inOrder(), policy, new ClientAddress(config.http().trustedProxies()),
                new Refusals(challenges, denials), facts, shows(), sessions));
    }

    private Callers.Shows shows() {
        AuthConfig auth = config.auth();
        if (auth.open()) {
            return Callers.Shows.NOTHING;
        }
        return auth.logins().certificate().isPresent()
                ? Callers.Shows.HEADERS_AND_CERTIFICATE
                : Callers.Shows.HEADERS;
    }

    private Challenges passwords() {
        return Challenges.basic(config.auth().logins().htpasswd().map(HtpasswdConfig::realm).orElse(STANDARD_REALM));
    }

    private Optional<Challenges> bearer(Locations locations) {
        Optional<TokenAuthConfig> other = config.auth().logins().token();
        if (other.isPresent()) {
            TokenAuthConfig service = other.get();
            String realm = service.realm().toString();
            return Optional.of(service.redirectPath()
                    .map(path -> Challenges.bearer(Optional.empty(), path, locations, service.service()))
                    .orElseGet(() -> Challenges.bearer(Optional.of(realm), "", locations, service.service())));
        }
        TokenServiceConfig own = config.auth().tokens();
        return own.enabled()
                ? Optional.of(Challenges.bearer(
                        own.realm().map(URI::toString), TokenApi.TOKEN_PATH, locations, own.service()))
                : Optional.empty();
    }
}
