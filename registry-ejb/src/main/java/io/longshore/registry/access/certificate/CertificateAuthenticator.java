package io.longshore.registry.access.certificate;

import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.permission.Subject;
import java.lang.System.Logger.Level;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows clients by the certificates that they showed to the server, which has verified them. Thread-safe.
 *
 * <p>The {@linkplain Identity#credential() credential} is the serial number of the certificate and the time at which it
 * ends: what was given out on the strength of it ends then, too.
 */
public final class CertificateAuthenticator implements Authenticator {
    private static final System.Logger LOG = System.getLogger(CertificateAuthenticator.class.getName());

    private static final String NAME = "certificate";
    private static final String UNTIL = " until ";

    private final CertificateName name;
    private final String prefix;
    private final Optional<String> groupAttribute;
    private final Clock clock;

    /**
     * @param prefix what the names of users and groups begin with, so that they are not those that others in the chain
     *     know; may be empty
     * @param groupAttribute an attribute of subjects with the names of groups, such as {@code OU}; empty for no groups
     */
    public CertificateAuthenticator(
            CertificateName name, String prefix, Optional<String> groupAttribute, Clock clock) {
        this.name = name;
        this.prefix = prefix;
        this.groupAttribute = groupAttribute;
        this.clock = clock;
    }

    @Override
    public Optional<Identity> authenticate(Credentials credentials) {
        if (!(credentials instanceof Credentials.Certificate shown)) {
            return Optional.empty();
        }
        X509Certificate certificate = shown.certificate();
        try {
            // The connection may be older than the end of the certificate.
            return isValid(certificate) ? identity(certificate) : Optional.empty();
        } catch (CertificateParsingException e) {
            refuse(certificate, "a certificate that can be read");
            return Optional.empty();
        }
    }

    private boolean isValid(X509Certificate certificate) {
        Instant now = clock.instant();
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    private Optional<Identity> identity(X509Certificate certificate) throws CertificateParsingException {
        Set<String> candidates = name.in(certificate);
        if (candidates.size() != 1) {
            refuse(certificate, "one " + name + ", not " + candidates.size());
            return Optional.empty();
        }
        String only = candidates.iterator().next();
        if (!Subject.isName(only) || !Subject.isName(prefix + only)) {
            refuse(certificate, "a " + name + " of 1 to 255 characters without control characters");
            return Optional.empty();
        }
        Subject subject = new Subject(Subject.Kind.USER, prefix + only);
        return Optional.of(new Identity(
                subject, groups(certificate), NAME, credential(certificate), Optional.empty()));
    }

    private Set<String> groups(X509Certificate certificate) throws CertificateParsingException {
        if (groupAttribute.isEmpty()) {
            return Set.of();
        }
        return CertificateName.ofSubject(certificate, groupAttribute.get()).stream()
                .map(group -> prefix + group)
                .filter(Subject::isName)
                .collect(Collectors.toSet());
    }

    private static String credential(X509Certificate certificate) {
        return serial(certificate) + UNTIL + certificate.getNotAfter().toInstant();
    }

    private static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    private static void refuse(X509Certificate certificate, String expected) {
        LOG.log(Level.WARNING, "nobody is let in by the certificate with the serial number {0}: expected {1}",
                serial(certificate), expected);
    }

    @Override
    public Optional<Identity> refresh(Identity identity) {
        int at = identity.credential().indexOf(UNTIL);
        if (at < 0) {
            return Optional.empty();
        }
        try {
            Instant end = Instant.parse(identity.credential().substring(at + UNTIL.length()));
            return clock.instant().isAfter(end) ? Optional.empty() : Optional.of(identity);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return NAME;
    }
}
