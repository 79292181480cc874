package io.longshore.registry.web.token;

import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** The token service, {@code /auth/}, as a JAX-RS application. Its resources are made once and serve every request. */
public final class TokenApi extends ResourceConfig {
    /** Where tokens are given out. */
    public static final String TOKEN_PATH = "/auth/token";

    public TokenApi(TokenResource tokens, KeysResource keys) {
        register(TokenResource.class);
        register(KeysResource.class);
        register(new AbstractBinder() {
            @Override
            protected void configure() {
                bind(tokens).to(TokenResource.class);
                bind(keys).to(KeysResource.class);
            }
        });
        register(OAuthFailureMapper.class);
        property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        property(ServerProperties.WADL_FEATURE_DISABLE, true);
        property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
        property(ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true);
        property(ServerProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, 0);
    }
}
