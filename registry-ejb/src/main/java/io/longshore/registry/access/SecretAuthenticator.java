package io.longshore.registry.access;

import io.longshore.registry.config.Secret;

/**
 * Knows somebody by secrets that the registry has made up: with any user name, since they say themselves whose they
 * are. They are told from passwords by their form, and nobody can guess one.
 */
public interface SecretAuthenticator extends Authenticator {

    /**
     * Whether a text has the form of such a secret, so that it is shown to nobody else, whether it is good or not. Asks
     * nobody.
     */
    boolean isSecret(Secret text);
}
