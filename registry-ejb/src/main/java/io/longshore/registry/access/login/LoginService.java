package io.longshore.registry.access.login;

import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Finds out who somebody is. What was verified is remembered for a short time, since checking a password takes a tenth
 * of a second and a pull makes dozens of requests; whoever guesses is slowed down. Thread-safe.
 */
public final class LoginService implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LoginService.class.getName());
    private static final int LONGEST_NAME = 255;

    private final Chain chain;
    private final LoginAudit audit;
    private final Turns turns = new Turns();
    private final Brake brake;
    private final CredentialKeys keys = new CredentialKeys();
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
        this.audit = new LoginAudit(audit, nanos);
        this.brake = new Brake(new FailedLogins(after, longest, nanos), turns, this.audit, nanos);
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
     * Who shows these credentials. A failure is audited. Secrets that say themselves whose they are come with any user
     * name, or none; they never have to wait, and make nobody wait.
     *
     * @param address from where the request comes
     * @return empty if nobody knows them
     * @throws RegistryException.TooManyRequests if the account or the address failed too often a moment ago; nothing was
     *     checked then
     * @throws RegistryException.Unavailable if somebody who might know them cannot tell now
     */
    public Optional<Identity> login(Credentials credentials, String address) {
        if (credentials instanceof Credentials.Password shown) {
            return chain.isOwnSecret(shown.password()) ? bySecret(shown, address) : byPassword(shown, address);
        }
        return byCertificate((Credentials.Certificate) credentials, address);
    }

    /** Cannot be guessed either; the user name that comes with it says nothing. */
    private Optional<Identity> bySecret(Credentials.Password shown, String address) {
        return verified.get(keys.ofSecret(shown.password()), () -> {
            Optional<Identity> found = chain.askAtOnce(shown);
            if (found.isEmpty()) {
                audit.failureOfSecret(shown.user(), address);
            }
            return found;
        }, Optional::isPresent);
    }

    private Optional<Identity> byPassword(Credentials.Password shown, String address) {
        if (!Subject.isName(shown.user())) {
            return brake.check(Brake.NO_ACCOUNT, address, "the name cannot be one", Optional::empty);
        }
        brake.requireFewGuesses(shown.user(), address);
        return verified.get(
                keys.ofPassword(shown, address),
                () -> brake.check(shown.user(), address, "", () -> chain.ask(shown)),
                Optional::isPresent);
    }

    /** Cannot be guessed, since the server has verified it. */
    private Optional<Identity> byCertificate(Credentials.Certificate shown, String address) {
        // It comes with every request of its client, whether it is anybody's or not.
        return verified.get(keys.ofCertificate(shown), () -> {
            Optional<Identity> found = turns.take(() -> chain.ask(shown));
            if (found.isEmpty()) {
                audit.failure(subject(shown), address, "");
            }
            return found;
        }, found -> true);
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
        return brake.check(Brake.NO_ACCOUNT, address, way, () -> {
            try {
                return proof.identity();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "logins " + way + " cannot be checked: {0}", e.getMessage());
                throw Chain.unavailable();
            }
        });
    }

    /**
     * Lets somebody who is logged in do what takes the password once more. Slowed down and audited as the logins of
     * this user are: it is another way to guess.
     *
     * @param detail what it takes, for the audit
     * @param act does it and returns true, or returns false if the password is wrong
     * @return whether it was done
     * @throws RegistryException.TooManyRequests if the user or the address failed too often a moment ago; nothing was
     *     done then
     */
    public boolean confirm(Identity identity, String address, String detail, BooleanSupplier act) {
        return brake.check(identity.subject().name(), address, detail, () ->
                        act.getAsBoolean() ? Optional.of(identity) : Optional.empty())
                .isPresent();
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
}
