package io.longshore.registry.web.token;

import io.longshore.registry.web.api.InstancesApi;
import java.util.List;

/** What is beneath {@code /auth/}, as a JAX-RS application. */
public final class TokenApi extends InstancesApi {
    /** Where tokens are given out. */
    public static final String TOKEN_PATH = "/auth/token";

    public TokenApi(List<Object> resources) {
        super(resources);
        register(OAuthFailureMapper.class);
    }
}
