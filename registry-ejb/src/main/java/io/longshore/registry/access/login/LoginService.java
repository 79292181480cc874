package io.longshore.registry.access.login;

import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Finds out who somebody is. What was verified is remembered for a short time, since checking a password takes a tenth
 * of a second and a pull makes dozens of requests; whoever guesses is slowed down. Thread-safe.
 */
public final class LoginService implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LoginService.class.getName());
    private static final int LONGEST_NAME = 255;

    private final Chain chain;
    private final Audit audit;
    private final FailedLogins failed;
    private final CredentialKeys keys = new CredentialKeys();
    private final Turns turns = new Turns();
    private final Memory<String> verified;
    private final Memory<Identity> refreshed;

    /**
     * @param chain asked whenever nothing is remembered; closed with this
     * @param cacheTime how long what was verified is remembered
     * @param after so many failures of an account from an address have to wait before the next attempt
     * @param longest the longest wait
     * @param nanos a clock such as {@link System#nanoTime}
     */
    public LoginService(
            Chain chain, Audit audit, Duration cacheTime, int after, Duration longest, LongSupplier nanos) {
        this.chain = chain;
        this.audit = audit;
        this.failed = new FailedLogins(after, longest, nanos);
        this.verified = new Memory<>(cacheTime, nanos);
        this.refreshed = new Memory<>(cacheTime, nanos);
    }

    /** Finds out who somebody is in a way of its own. */
    @FunctionalInterface
    public interface Proof {
        /**
         * Who it is.
         *
         * @return empty if it is nobody
         * @throws IOException if it cannot be told now
         */
        Optional<Identity> identity() throws IOException;
    }

    /**
     * Who shows these credentials. A failure is audited.
     *
     * @param address from where the request comes
     * @return empty if nobody knows them
     * @throws RegistryException.TooManyRequests if the account or the address failed too often a moment ago; nothing was
     *     checked then
     * @throws RegistryException.Unavailable if somebody who might know them cannot tell now
     */
    public Optional<Identity> login(Credentials credentials, String address) {
        if (credentials instanceof Credentials.Password shown && !Subject.isName(shown.user())) {
            return braked(FailedLogins.NO_ACCOUNT, address, "the name cannot be one", Optional::empty);
        }
        // A certificate comes with every request of its client, whether it is anybody's or not.
        boolean always = credentials instanceof Credentials.Certificate;
        return verified.get(
                keys.of(credentials, address),
                () -> checked(credentials, address),
                found -> always || found.isPresent());
    }

    /**
     * Who proves it in another way than by credentials. Slowed down for an address that failed too often, and audited, as
     * the other logins are; remembered by nobody.
     *
     * @param way how, for the audit
     * @throws RegistryException.TooManyRequests if the address failed too often a moment ago; nothing was checked then
     * @throws RegistryException.Unavailable if it cannot be told now
     */
    public Optional<Identity> login(Proof proof, String way, String address) {
        return braked(FailedLogins.NO_ACCOUNT, address, way, () -> {
            try {
                return proof.identity();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "logins " + way + " cannot be checked: {0}", e.getMessage());
                throw Chain.unavailable();
            }
        });
    }

    /** Passwords can be guessed; certificates cannot, since the server has verified them. */
    private Optional<Identity> checked(Credentials credentials, String address) {
        if (credentials instanceof Credentials.Password shown) {
            requireNoWait(shown.user(), address);
            Optional<Identity> found = chain.askAtOnce(shown);
            if (found.isPresent()) {
                noteSuccess(found.get(), shown.user(), address);
                return found;
            }
            return braked(shown.user(), address, "", () -> chain.ask(credentials));
        }
        Optional<Identity> found = turns.take(() -> chain.ask(credentials));
        if (found.isEmpty()) {
            recordFailure(subject((Credentials.Certificate) credentials), address, "");
        }
        return found;
    }

    private Optional<Identity> braked(
            String account, String address, String detail, Supplier<Optional<Identity>> check) {
        requireNoWait(account, address);
        Optional<Identity> found = turns.take(() -> {
            // Many may have failed while this one waited for its turn.
            requireNoWait(account, address);
            Optional<Identity> asked = check.get();
            if (asked.isEmpty()) {
                failed.failed(account, address);
            }
            return asked;
        });
        if (found.isEmpty()) {
            recordFailure(account, address, detail);
        } else {
            noteSuccess(found.get(), account, address);
        }
        return found;
    }

    private void requireNoWait(String account, String address) {
        Duration wait = failed.wait(account, address);
        if (wait.compareTo(Duration.ZERO) > 0) {
            throw new RegistryException.TooManyRequests(
                    "too many failed logins; try again later", Math.max(1, wait.plusMillis(999).toSeconds()));
        }
    }

    /** Secrets that say themselves whose they are come with any name: they say nothing about who guesses at that one. */
    private void noteSuccess(Identity found, String account, String address) {
        if (found.subject().kind() == Subject.Kind.USER && found.subject().name().equalsIgnoreCase(account)) {
            failed.succeeded(account, address);
        }
    }

    @Override
    public void close() {
        chain.close();
    }

    private static String subject(Credentials.Certificate shown) {
        String name = shown.certificate().getSubjectX500Principal().getName();
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    /**
     * What has become of somebody since credentials were shown; remembered for as long as those.
     *
     * @return empty if the credentials would not be accepted any more
     * @throws RegistryException.Unavailable if that cannot be told now
     */
    public Optional<Identity> refresh(Identity identity) {
        if (identity.isAnonymous()) {
            return Optional.of(identity);
        }
        return refreshed.get(identity, () -> chain.refresh(identity), found -> true);
    }

    private void recordFailure(String account, String address, String detail) {
        audit.record(AuditEvent.of("login.failure", new Actor("anonymous", address), account, detail));
    }
}
