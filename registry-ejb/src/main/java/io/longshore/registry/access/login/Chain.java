package io.longshore.registry.access.login;

import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.SecretAuthenticator;
import io.longshore.registry.config.Secret;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All authenticators, asked one after the other until one knows. Thread-safe.
 *
 * <p>Some know by the form of a secret that it is one of theirs, which nobody can guess and which costs nothing to
 * check. They are asked apart, so that whoever shows such a secret does not wait for those who have passwords to hash or
 * a directory to ask. The others never see it, even if it is not good any more: a directory would take it for a wrong
 * password, and lock the user out.
 */
public final class Chain implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Chain.class.getName());

    private final List<SecretAuthenticator> ofOwnSecrets;
    private final List<Authenticator> others;

    /**
     * @param ofOwnSecrets asked about secrets of their own form, and about nothing else
     * @param others asked about all else, in this order
     */
    public Chain(List<SecretAuthenticator> ofOwnSecrets, List<Authenticator> others) {
        this.ofOwnSecrets = List.copyOf(ofOwnSecrets);
        this.others = List.copyOf(others);
    }

    /** Whether a text has the form of a secret that says itself whose it is. */
    boolean isOwnSecret(Secret text) {
        return ofOwnSecrets.stream().anyMatch(authenticator -> authenticator.isSecret(text));
    }

    /**
     * Who shows a secret that says itself whose it is.
     *
     * @throws RegistryException.Unavailable if that cannot be told now
     */
    Optional<Identity> askAtOnce(Credentials.Password shown) {
        return ask(ofOwnSecrets, shown);
    }

    /**
     * Who shows these credentials, which are no such secret.
     *
     * @throws RegistryException.Unavailable if nobody knows, and somebody who might cannot tell now
     */
    Optional<Identity> ask(Credentials credentials) {
        return ask(others, credentials);
    }

    private static Optional<Identity> ask(List<? extends Authenticator> chain, Credentials credentials) {
        boolean silent = false;
        for (Authenticator authenticator : chain) {
            try {
                Optional<Identity> found = authenticator.authenticate(credentials);
                if (found.isPresent()) {
                    return found;
                }
            } catch (IOException e) {
                silent = true;
                cannotTell(authenticator, e);
            }
        }
        if (silent) {
            throw unavailable();
        }
        return Optional.empty();
    }

    /**
     * What has become of somebody whom one of them knew.
     *
     * @return empty if the credentials would not be accepted any more
     * @throws RegistryException.Unavailable if that cannot be told now
     */
    Optional<Identity> refresh(Identity identity) {
        Optional<Authenticator> source = all()
                .filter(authenticator -> authenticator.name().equals(identity.source()))
                .findFirst();
        if (source.isEmpty()) {
            return Optional.empty();
        }
        try {
            return source.get().refresh(identity);
        } catch (IOException e) {
            cannotTell(source.get(), e);
            throw unavailable();
        }
    }

    /** Closes those that hold something, such as connections. */
    @Override
    public void close() {
        all().forEach(authenticator -> {
            if (authenticator instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    LOG.log(Level.WARNING, authenticator.name() + " was not closed", e);
                }
            }
        });
    }

    private Stream<Authenticator> all() {
        return Stream.concat(ofOwnSecrets.stream(), others.stream());
    }

    private static void cannotTell(Authenticator authenticator, IOException e) {
        LOG.log(Level.WARNING, "logins by " + authenticator.name() + " cannot be checked: {0}", e.getMessage());
    }

    static RegistryException unavailable() {
        return new RegistryException.Unavailable("who you are cannot be checked at present; try again later");
    }
}
