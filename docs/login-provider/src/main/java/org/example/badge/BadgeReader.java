package org.example.badge;

import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.LoginProvider;
import io.longshore.registry.config.Secret;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;
import java.util.Map;

/** The way of logging in that {@code auth.providers: {badge: …}} asks for. */
@Dependent
@Named("badge")
public class BadgeReader implements LoginProvider {

    @Override
    public Authenticator open(Map<String, Secret> parameters) {
        Secret seal = parameters.get("seal");
        if (seal == null) {
            throw new IllegalArgumentException("auth.providers.badge.seal is not set");
        }
        return new Badges(seal);
    }
}
