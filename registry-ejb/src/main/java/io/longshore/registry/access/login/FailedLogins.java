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
    private static final int MOST_FAILURES = 1_000_000;
    private static final int MOST_REMEMBERED = 100_000;

    private final int after;
    private final long longestNanos;
    private final LongSupplier nanos;
    private final Cache<String, Failures> failures;

    private record Failures(int count, long lastNanos) {}

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
        this.nanos = nanos;
        this.failures = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(longest.plusMinutes(15))
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** How long the next attempt has to wait; zero or less if it need not. */
    Duration wait(String account, String address) {
        long longest = 0;
        for (Counted counted : counted(account, address)) {
            Failures known = failures.getIfPresent(counted.key());
            if (known != null && known.count() >= counted.after()) {
                long waited = nanos.getAsLong() - known.lastNanos();
                longest = Math.max(longest, waitNanos(known.count() - counted.after()) - waited);
            }
        }
        return Duration.ofNanos(longest);
    }

    private long waitNanos(int further) {
        return Math.min(longestNanos, FIRST_WAIT_NANOS << Math.min(MOST_DOUBLINGS, further));
    }

    void failed(String account, String address) {
        long now = nanos.getAsLong();
        for (Counted counted : counted(account, address)) {
            failures.asMap().compute(counted.key(), (key, known) ->
                    new Failures(known == null ? 1 : known.count() + 1, now));
        }
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
