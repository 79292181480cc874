package io.longshore.registry.access.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.longshore.registry.access.Authenticator;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Finds out who somebody is, by asking one authenticator after the other. What was verified is remembered for a short
 * time, since checking a password takes a tenth of a second and a pull makes dozens of requests. Thread-safe.
 */
public final class LoginService implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LoginService.class.getName());
    private static final int MOST_REMEMBERED = 100_000;
    private static final int LONGEST_NAME = 255;

    private final List<Authenticator> chain;
    private final Audit audit;
    private final FailedLogins failed;
    private final CredentialKeys keys = new CredentialKeys();
    private final Turns turns = new Turns();
    private final Cache<String, CompletableFuture<Optional<Identity>>> verified;
    private final Cache<Identity, Optional<Identity>> refreshed;

    /**
     * @param chain asked in this order
     * @param cacheTime how long what was verified is remembered
     * @param after so many failures of an account from an address have to wait before the next attempt
     * @param longest the longest wait
     * @param nanos a clock such as {@link System#nanoTime}
     */
    public LoginService(
            List<Authenticator> chain, Audit audit, Duration cacheTime, int after, Duration longest,
            LongSupplier nanos) {
        this.chain = List.copyOf(chain);
        this.audit = audit;
        this.failed = new FailedLogins(after, longest, nanos);
        Caffeine<Object, Object> cache = Caffeine.newBuilder()
                .expireAfterWrite(cacheTime)
                .maximumSize(MOST_REMEMBERED)
                .ticker(nanos::getAsLong)
                .executor(Runnable::run);
        this.verified = cache.build();
        this.refreshed = cache.build();
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
        String key = keys.of(credentials);
        CompletableFuture<Optional<Identity>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<Identity>> known = verified.asMap().putIfAbsent(key, mine);
        if (known != null) {
            return joined(known);
        }
        boolean keep = false;
        try {
            Optional<Identity> found = checked(credentials, address);
            // A certificate comes with every request of its client, whether it is anybody's or not.
            keep = found.isPresent() || credentials instanceof Credentials.Certificate;
            mine.complete(found);
            return found;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            if (!keep) {
                verified.asMap().remove(key, mine);
            }
        }
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
                throw unavailable();
            }
        });
    }

    /** Whoever shows the same at the same time waits for the one check. */
    private static Optional<Identity> joined(CompletableFuture<Optional<Identity>> check) {
        try {
            return check.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RegistryException answer) {
                throw answer;
            }
            throw e;
        }
    }

    /** Passwords can be guessed; certificates cannot, since the server has verified them. */
    private Optional<Identity> checked(Credentials credentials, String address) {
        if (credentials instanceof Credentials.Password shown) {
            return braked(shown.user(), address, "", () -> ask(credentials));
        }
        Optional<Identity> found = turns.take(() -> ask(credentials));
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
        } else if (isUser(found.get(), account)) {
            failed.succeeded(account, address);
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
    private static boolean isUser(Identity identity, String account) {
        return identity.subject().kind() == Subject.Kind.USER && identity.subject().name().equalsIgnoreCase(account);
    }

    /** Closes those of the chain that hold something, such as connections. */
    @Override
    public void close() {
        for (Authenticator authenticator : chain) {
            if (authenticator instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    LOG.log(Level.WARNING, authenticator.name() + " was not closed", e);
                }
            }
        }
    }

    private static String subject(Credentials.Certificate shown) {
        String name = shown.certificate().getSubjectX500Principal().getName();
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    private Optional<Identity> ask(Credentials credentials) {
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
     * What has become of somebody since credentials were shown; remembered for as long as those.
     *
     * @return empty if the credentials would not be accepted any more
     * @throws RegistryException.Unavailable if that cannot be told now
     */
    public Optional<Identity> refresh(Identity identity) {
        if (identity.isAnonymous()) {
            return Optional.of(identity);
        }
        return refreshed.get(identity, this::ask);
    }

    private Optional<Identity> ask(Identity identity) {
        for (Authenticator authenticator : chain) {
            if (authenticator.name().equals(identity.source())) {
                try {
                    return authenticator.refresh(identity);
                } catch (IOException e) {
                    cannotTell(authenticator, e);
                    throw unavailable();
                }
            }
        }
        return Optional.empty();
    }

    private static void cannotTell(Authenticator authenticator, IOException e) {
        LOG.log(Level.WARNING, "logins by " + authenticator.name() + " cannot be checked: {0}", e.getMessage());
    }

    private static RegistryException unavailable() {
        return new RegistryException.Unavailable("who you are cannot be checked at present; try again later");
    }

    private void recordFailure(String account, String address, String detail) {
        audit.record(AuditEvent.of("login.failure", new Actor("anonymous", address), account, detail));
    }
}
