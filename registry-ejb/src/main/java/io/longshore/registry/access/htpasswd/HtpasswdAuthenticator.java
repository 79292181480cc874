package io.longshore.registry.access.htpasswd;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.config.Secret;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Knows the users of an htpasswd file, by hashes of bcrypt alone. The file may change at any time, and counts as it is
 * when somebody logs in; while it is missing nobody can. Thread-safe.
 *
 * <p>The {@linkplain Identity#credential() credential} is a fingerprint of the line in the file, so that a login ends
 * with the password that it began with, on every node that has the same file. It tells nothing of the password: to try
 * one out takes the salt of the hash too, 128 random bits that stand in the file alone.
 */
public final class HtpasswdAuthenticator implements Authenticator {
    private static final System.Logger LOG = System.getLogger(HtpasswdAuthenticator.class.getName());

    private static final String NAME = "htpasswd";
    private static final int FINGERPRINT_BYTES = 8;

    /** Passwords end after 72 bytes, as in Apache and distribution. Versions a, b and y mean the same here. */
    private static final BCrypt.Verifyer BCRYPT = BCrypt.verifyer(
            BCrypt.Version.VERSION_2B, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2B));

    private final HtpasswdFile file;

    private HtpasswdAuthenticator(HtpasswdFile file) {
        this.file = file;
    }

    /** @throws IOException if there is no such file, or it cannot be read */
    public static HtpasswdAuthenticator open(Path path) throws IOException {
        HtpasswdFile file = new HtpasswdFile(path, warning -> LOG.log(System.Logger.Level.WARNING, warning));
        file.users();
        return new HtpasswdAuthenticator(file);
    }

    @Override
    public Optional<Identity> authenticate(Credentials credentials) throws IOException {
        if (!(credentials instanceof Credentials.Password shown)) {
            return Optional.empty();
        }
        HtpasswdUsers users = file.users();
        Optional<String> hash = users.hash(shown.user());
        Optional<String> compared = hash.or(() -> users.decoy(shown.user()));
        boolean right = compared.isPresent() && isRight(shown.password(), compared.get());
        return hash.filter(known -> right).map(known -> identity(shown.user(), known));
    }

    private static boolean isRight(Secret password, String hash) {
        String text = password.reveal();
        // The hash repeats the password and a NUL between: with NULs in it, another password could be the same.
        return text.indexOf('\0') < 0
                && BCRYPT.verify(text.getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.US_ASCII))
                        .verified;
    }

    private static Identity identity(String name, String hash) {
        return new Identity(
                new Subject(Subject.Kind.USER, name), Set.of(), NAME, fingerprint(name, hash), Optional.empty());
    }

    private static String fingerprint(String name, String hash) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((name + ':' + hash).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<Identity> refresh(Identity identity) throws IOException {
        if (identity.subject().kind() != Subject.Kind.USER) {
            return Optional.empty();
        }
        String name = identity.subject().name();
        return file.users()
                .hash(name)
                .filter(hash -> fingerprint(name, hash).equals(identity.credential()))
                .map(hash -> identity);
    }

    /** Whether there is a line with that name. */
    @Override
    public Optional<Identity> lookUp(Identity user) throws IOException {
        return file.users().hash(user.subject().name()).map(hash -> user);
    }

    @Override
    public String name() {
        return NAME;
    }
}
