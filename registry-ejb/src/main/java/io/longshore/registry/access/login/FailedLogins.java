package io.longshore.registry.access.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Makes guessing passwords slow: after some failures, the next attempt has to wait, twice as long each time. Thread-safe.
 *
 * <p>Counts halve in each quarter of an hour in which nobody has to wait, also while failures go on: a client that
 * tries a wrong password for ever, every few minutes, keeps nobody else at its address out. Nothing is taken off for
 * the waits: who guesses as fast as they allow gets no faster.
 *
 * <p>Counted are the failures of an account from an address, of an address, and of an account. The last counts for little:
 * it would let anybody lock anybody out. In the memory of a node, so that several nodes let through as many times as much.
 */
final class FailedLogins {
    /** Where it is not known whose login failed: then the address alone counts. */
    static final String NO_ACCOUNT = "";

    private static final int ADDRESS_FACTOR = 4;
    private static final int ACCOUNT_FACTOR = 10;
    private static final long FIRST_WAIT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_DOUBLINGS = 30;
    private static final Duration HALF_LIFE = Duration.ofMinutes(15);
    private static final int MOST_FAILURES = 1_000_000;
    private static final int MOST_REMEMBERED = 100_000;

    private final int after;
    private final long longestNanos;
    /** So many more failures make the wait the longest. More are not counted: they would take long to go. */
    private final int mostFurther;
    private final LongSupplier nanos;
    private final Cache<String, Failures> failures;

    /** @param count as it was at the last failure */
    private record Failures(double count, long lastNanos) {}

    /** Something that failures are counted of, and after how many of them it has to wait. */
    private record Counted(String key, int after) {}

    /**
     * @param after failures of an account from an address
     * @param longest the longest wait; zero for none at all
     * @param nanos a clock such as {@link System#nanoTime}
     */
    FailedLogins(int after, Duration longest, LongSupplier nanos) {
        this.after = Math.min(after, MOST_FAILURES);
        this.longestNanos = longest.toNanos();
        this.mostFurther = doublings(longestNanos);
        this.nanos = nanos;
        this.failures = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(longest.plus(HALF_LIFE))
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    private static int doublings(long longestNanos) {
        int doublings = 0;
        while (doublings < MOST_DOUBLINGS && FIRST_WAIT_NANOS << doublings < longestNanos) {
            doublings++;
        }
        return doublings;
    }

    /** How long the next attempt has to wait; zero or less if it need not. */
    Duration wait(String account, String address) {
        long now = nanos.getAsLong();
        long longest = 0;
        for (Counted counted : counted(account, address)) {
            Failures known = failures.getIfPresent(counted.key());
            if (known != null) {
                longest = Math.max(longest, waitNanos(known, counted.after()) - (now - known.lastNanos()));
            }
        }
        return Duration.ofNanos(longest);
    }

    /** From the last failure on. */
    private long waitNanos(Failures known, int after) {
        long further = Math.round(known.count()) - after;
        return further < 0 ? 0 : Math.min(longestNanos, FIRST_WAIT_NANOS << Math.min(mostFurther, further));
    }

    void failed(String account, String address) {
        long now = nanos.getAsLong();
        for (Counted counted : counted(account, address)) {
            failures.asMap().compute(counted.key(), (key, known) ->
                    known == null ? new Failures(1, now) : oneMore(known, counted.after(), now));
        }
    }

    private Failures oneMore(Failures known, int after, long now) {
        long quiet = Math.max(0, now - known.lastNanos() - waitNanos(known, after));
        double left = known.count() * Math.pow(0.5, (double) quiet / HALF_LIFE.toNanos());
        return new Failures(Math.min(left + 1, after + mostFurther), now);
    }

    /** The account's failures are forgotten, but not the address's: who attacks others may have an account, too. */
    void succeeded(String account, String address) {
        String network = Network.of(address);
        failures.invalidate(ofBoth(account, network).key());
        failures.invalidate(ofAccount(account).key());
    }

    private List<Counted> counted(String account, String address) {
        String network = Network.of(address);
        Counted ofAddress = new Counted("address " + network, after * ADDRESS_FACTOR);
        return account.equals(NO_ACCOUNT)
                ? List.of(ofAddress)
                : List.of(ofAddress, ofBoth(account, network), ofAccount(account));
    }

    private Counted ofBoth(String account, String network) {
        return new Counted("both " + network + ' ' + letters(account), after);
    }

    private Counted ofAccount(String account) {
        return new Counted("account " + letters(account), after * ACCOUNT_FACTOR);
    }

    /** Directories take ALICE for alice, and somebody who guesses would have as many accounts as ways to write one. */
    private static String letters(String account) {
        return account.toLowerCase(Locale.ROOT);
    }
}
