package io.longshore.registry.access;

import io.longshore.registry.config.Secret;
import java.io.IOException;
import java.util.Map;

/**
 * Makes a way of logging in that is not part of the registry: a CDI bean with {@link jakarta.inject.Named @Named}, in a
 * jar among the libraries of the EAR. Each name under {@code auth.providers} asks for one; they are asked last, in the
 * order in which they stand there.
 */
public interface LoginProvider {

    /**
     * Makes the authenticator, once, when the registry starts. What fails here stops the start, and the message is what
     * the administrator reads: it says what to do, and holds no secret.
     *
     * @param parameters what stands in the configuration under {@code auth.providers.<name>}
     * @throws IllegalArgumentException if a parameter is missing, unknown or wrong
     * @throws IOException if it cannot be used
     */
    Authenticator open(Map<String, Secret> parameters) throws IOException;
}
