package io.longshore.registry.access;

import io.longshore.registry.config.Secret;
import java.security.cert.X509Certificate;

/** What a client shows to prove who it is. Prints no secret. */
public sealed interface Credentials {

    /**
     * A name and a password, or what is sent in place of one: an access token, an ID token.
     *
     * @param user as the client sent it, at most 255 characters, without control characters
     */
    record Password(String user, Secret password) implements Credentials {}

    /** The certificate of a client, of which the server has verified the chain and that the client has its key. */
    record Certificate(X509Certificate certificate) implements Credentials {}
}
