package io.longshore.registry;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.Permissions;
import io.longshore.registry.access.TokenVerifier;
import io.longshore.registry.access.TokenVerifiers;
import io.longshore.registry.access.bearer.BearerTokens;
import io.longshore.registry.access.login.LoginService;
import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.access.token.RefreshTokens;
import io.longshore.registry.access.token.Rights;
import io.longshore.registry.access.token.SigningKeys;
import io.longshore.registry.access.token.TokenService;
import io.longshore.registry.access.token.TokenSettings;
import io.longshore.registry.access.token.TokenUpkeep;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.config.RegistryConfig;
import io.longshore.registry.config.TokenServiceConfig;
import io.longshore.registry.database.Database;
import io.longshore.registry.permission.Subject;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Says to CDI how the token service is made, as {@link Wiring} does of the rest. */
@Dependent
public class TokenWiring {

    private static TokenSettings settings(RegistryConfig config) {
        TokenServiceConfig tokens = config.auth().tokens();
        return new TokenSettings(
                tokens.issuer(), tokens.service(), tokens.lifetime(), tokens.refreshIdle(), tokens.keyRotation(),
                tokens.keySecret());
    }

    @Produces
    @Singleton
    static SigningKeys signingKeys(Database database, Audit audit, RegistryConfig config) {
        return new SigningKeys(database, audit, settings(config), Clock.systemUTC());
    }

    @Produces
    @Singleton
    static RefreshTokens refreshTokens(Database database, Audit audit, RegistryConfig config, LoginService logins) {
        return new RefreshTokens(
                database, audit, config.auth().tokens().refreshIdle(), logins::refresh, Clock.systemUTC());
    }

    @Produces
    @Singleton
    static TokenService tokens(RegistryConfig config, SigningKeys keys, RefreshTokens refreshTokens, Policy policy) {
        return new TokenService(settings(config), keys, refreshTokens, rights(policy), Clock.systemUTC());
    }

    @Produces
    @Singleton
    static TokenVerifiers verifiers(RegistryConfig config, TokenService own) throws IOException {
        List<TokenVerifier> verifiers = new ArrayList<>();
        if (config.auth().tokens().enabled()) {
            verifiers.add(own);
        }
        if (config.auth().logins().token().isPresent()) {
            verifiers.add(BearerTokens.open(config.auth().logins().token().get(), Clock.systemUTC()));
        }
        return new TokenVerifiers(verifiers);
    }

    private static Rights rights(Policy policy) {
        return new Rights() {
            @Override
            public Permissions of(Identity identity) {
                return policy.permissionsOf(identity);
            }

            @Override
            public boolean areForGroup(String group) {
                return Subject.isName(group) && policy.speaksOf(new Subject(Subject.Kind.GROUP, group));
            }
        };
    }

    @Produces
    @Singleton
    static TokenUpkeep tokenUpkeep(Database database, SigningKeys keys, RefreshTokens refreshTokens) {
        return new TokenUpkeep(database, keys, refreshTokens);
    }
}
