package io.longshore.registry.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads {@code auth}. */
final class AuthConfigReader {
    private final Settings settings;
    private final Problems problems;

    AuthConfigReader(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    AuthConfig read() {
        AuthConfig.Logins logins = logins();
        boolean open = logins.isEmpty() && nobodyIsGivenAnything();
        return new AuthConfig(
                open,
                settings.get(AuthKeys.CHALLENGE),
                settings.get(AuthKeys.ANONYMOUS),
                settings.get(AuthKeys.AUTHENTICATED),
                settings.find(AuthKeys.ADMINS).orElse(List.of()),
                settings.find(AuthKeys.RULES).orElse(List.of()),
                logins,
                settings.get(AuthKeys.CACHE_TTL),
                new AuthConfig.Throttle(
                        settings.get(AuthKeys.THROTTLE_AFTER), settings.get(AuthKeys.THROTTLE_LONGEST)),
                new TokenServiceConfigReader(settings, problems).read(!open && logins.token().isEmpty()));
    }

    private AuthConfig.Logins logins() {
        return new AuthConfig.Logins(
                new HtpasswdConfigReader(settings, problems).read(),
                new LdapConfigReader(settings, problems).read(),
                new CertificateConfigReader(settings, problems).read(),
                new AccountsConfigReader(settings, problems).read(),
                new TokenAuthConfigReader(settings, problems).read(),
                settings.find(OidcKeys.ISSUERS).orElse(List.of()),
                settings.find(AuthKeys.PROVIDERS).orElse(Map.of()));
    }

    /** Whoever gives something to some means that others do not have it. */
    private boolean nobodyIsGivenAnything() {
        return Stream.of(AuthKeys.ANONYMOUS, AuthKeys.AUTHENTICATED, AuthKeys.ADMINS, AuthKeys.RULES)
                .allMatch(key -> settings.source(key).isEmpty());
    }
}
