package io.longshore.registry.storage.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.microsoft.aad.msal4j.MsalException;
import com.microsoft.aad.msal4j.MsalServiceException;
import io.longshore.registry.storage.StorageUnavailableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Requests to Azure, which are tried again where that can help: with a delay that doubles and is blurred by chance, a
 * limited number of times, and none begun beyond a limited time, in which the transfer of bytes does not count. Counts what
 * it tries again. Thread-safe.
 */
final class Calls {
    private static final Logger LOG = System.getLogger(Calls.class.getName());
    /** Enough for a few requests that nobody answers. */
    private static final Duration BUDGET = Patience.SILENCE.multipliedBy(3);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final HttpHeaderName ERROR_CODE = HttpHeaderName.fromString("x-ms-error-code");

    private final int maxRetries;
    private final Duration retryDelay;
    private final LongSupplier nanoTime;
    private final LongAdder retries = new LongAdder();

    Calls(int maxRetries, Duration retryDelay) {
        this(maxRetries, retryDelay, System::nanoTime);
    }

    Calls(int maxRetries, Duration retryDelay, LongSupplier nanoTime) {
        this.maxRetries = maxRetries;
        this.retryDelay = retryDelay;
        this.nanoTime = nanoTime;
    }

    /** A request that may be sent several times. */
    @FunctionalInterface
    interface Call<T> {
        /**
         * Sends it.
         *
         * @param attempt counted from 0; what an earlier attempt did is not known
         */
        T send(int attempt) throws IOException;
    }

    /** How many requests were tried again so far. */
    long retries() {
        return retries.sum();
    }

    /** Sends a request that carries no bytes to speak of, as {@link #run(String, Duration, Call)} does. */
    <T> T run(String action, Call<T> call) throws IOException {
        return run(action, Duration.ZERO, call);
    }

    /**
     * Sends a request until it succeeds.
     *
     * @param action what it does, for messages: to be read after "cannot"
     * @param transfer how much of the time of an attempt its bytes may take
     * @throws RefusedException if it makes no sense to send it again
     * @throws NoTokenException if there are no credentials to send it with
     * @throws StorageUnavailableException if it was sent often enough
     */
    <T> T run(String action, Duration transfer, Call<T> call) throws IOException {
        long spentNanos = 0;
        for (int attempt = 0; ; attempt++) {
            long begin = nanoTime.getAsLong();
            try {
                return attempt(call, attempt);
            } catch (IOException e) {
                if (isFinal(e)) {
                    throw e;
                }
                Duration delay = delay(attempt);
                spentNanos += Math.max(nanoTime.getAsLong() - begin - transfer.toNanos(), 0) + delay.toNanos();
                if (attempt >= maxRetries || spentNanos > BUDGET.toNanos()) {
                    throw new StorageUnavailableException(
                            "cannot " + action + ", tried " + (attempt + 1) + " times: " + reason(e), e);
                }
                retries.increment();
                LOG.log(Level.DEBUG, "trying again to {0}: {1}", action, reason(e));
                pause(delay);
            }
        }
    }

    private static boolean isFinal(IOException failure) {
        return failure instanceof RefusedException refused && !refused.isTransient()
                || failure instanceof NoTokenException
                || failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException)
                || failure instanceof StorageUnavailableException;
    }

    /** Between half of the doubled delay and all of it, so that nodes that failed together do not return together. */
    private Duration delay(int attempt) {
        long doubled = retryDelay.toMillis() << Math.min(attempt, 20);
        long most = Math.min(doubled, LONGEST_DELAY.toMillis());
        return Duration.ofMillis(most - ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }

    /** Waits a while. */
    static void pause(Duration delay) throws InterruptedIOException {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for Azure");
        }
    }

    private static <T> T attempt(Call<T> call, int attempt) throws IOException {
        try {
            return call.send(attempt);
        } catch (RuntimeException e) {
            throw explain(e);
        }
    }

    /** The failure that the Azure libraries put into this exception, or the exception itself if they put none. */
    static IOException explain(RuntimeException failure) {
        IOException noToken = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException answered && answered.getResponse() != null) {
                return refused(answered.getResponse());
            }
            if (cause instanceof IOException io) {
                return io;
            }
            if (cause instanceof TimeoutException) {
                return new IOException("no answer in time");
            }
            if (cause instanceof MsalServiceException entra && entra.statusCode() != null
                    && RefusedException.isTransient(entra.statusCode())) {
                return new IOException("Entra ID answered " + entra.statusCode());
            }
            if (cause instanceof ClientAuthenticationException || cause instanceof MsalException) {
                noToken = new NoTokenException(firstLine(cause));
            }
        }
        if (noToken == null) {
            throw failure;
        }
        return noToken;
    }

    static RefusedException refused(HttpResponse response) {
        String code = response.getHeaderValue(ERROR_CODE);
        return new RefusedException(response.getStatusCode(), code == null ? "" : code, time(response));
    }

    private static Instant time(HttpResponse response) {
        try {
            String date = response.getHeaderValue(HttpHeaderName.DATE);
            return date == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof RefusedException ? failure.getMessage() : failure.toString();
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
