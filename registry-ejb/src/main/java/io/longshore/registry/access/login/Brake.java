package io.longshore.registry.access.login;

import io.longshore.registry.access.Identity;
import io.longshore.registry.audit.MinuteLimit;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.permission.Subject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Checks what can be guessed: a few at once, none while failures of a moment ago have to be waited for, and with a row
 * in the audit for each that fails. Thread-safe.
 */
final class Brake {
    /** Where it is not known whose login is tried: then the address alone counts. */
    static final String NO_ACCOUNT = FailedLogins.NO_ACCOUNT;

    /** Of an account from a network within a minute. More than clients that have a wrong password ask for. */
    static final int MOST_REFUSED = 100;

    private final FailedLogins failed;
    private final Turns turns;
    private final LoginAudit audit;
    private final MinuteLimit refused;

    /** Who guesses, at whom. */
    private record Guessed(String account, String network) {}

    /** @param nanos a clock such as {@link System#nanoTime} */
    Brake(FailedLogins failed, Turns turns, LoginAudit audit, LongSupplier nanos) {
        this.failed = failed;
        this.turns = turns;
        this.audit = audit;
        this.refused = new MinuteLimit(MOST_REFUSED, nanos);
    }

    /**
     * To be asked before what is remembered. That answers also while others have to wait, so that nobody locks out who
     * is logged in; and so it tells somebody at the same address which guess is right. Many of them are too many.
     *
     * @throws RegistryException.TooManyRequests if the account or the address has to wait, and was told so often
     */
    void requireFewGuesses(String account, String address) {
        if (refused.isReached(new Guessed(account, Network.of(address)))) {
            requireNoWait(account, address);
        }
    }

    /**
     * What the check finds, when it is its turn.
     *
     * @param account whose login is tried, or {@link #NO_ACCOUNT}
     * @param detail for the audit
     * @param check finds nobody if what was shown is wrong
     * @throws RegistryException.TooManyRequests if the account or the address failed too often a moment ago; nothing
     *     was checked then
     */
    Optional<Identity> check(
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
            audit.failure(account, address, detail);
        } else {
            noteSuccess(found.get(), account, address);
        }
        return found;
    }

    private void requireNoWait(String account, String address) {
        Duration wait = failed.wait(account, address);
        if (wait.compareTo(Duration.ZERO) > 0) {
            refused.allows(new Guessed(account, Network.of(address)));
            throw new RegistryException.TooManyRequests(
                    "too many failed logins; try again later", Math.max(1, wait.plusMillis(999).toSeconds()));
        }
    }

    /** Tokens that say themselves whose they are come with any name: they say nothing about who guesses at that one. */
    private void noteSuccess(Identity found, String account, String address) {
        if (found.subject().kind() == Subject.Kind.USER && found.subject().name().equalsIgnoreCase(account)) {
            failed.succeeded(account, address);
        }
    }
}
