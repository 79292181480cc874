package io.longshore.registry.access.jwt;

import io.longshore.registry.config.TrustedUrl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Small documents of servers that are trusted, such as keys. Follows no redirects, reads at most 512 KiB, and gives up
 * after five seconds. Thread-safe.
 */
public final class HttpDocuments {
    private static final int LARGEST_BYTES = 512 << 10;

    /** The server answers something else than the document. */
    public static final class UnexpectedStatus extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        UnexpectedStatus(URI url, int status) {
            super(url + " answers " + status);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** How long a document may take as a whole. */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client;
    private final boolean plain;
    private final Duration timeout;

    /**
     * @param authorities a PEM file with the certificates of authorities, one of which must have issued that of the
     *     server; empty for those that the Java runtime knows
     * @param plain whether HTTP will do on other machines, too
     * @throws IOException if the file cannot be used
     */
    public HttpDocuments(Optional<Path> authorities, boolean plain) throws IOException {
        this(authorities, plain, TIMEOUT);
    }

    HttpDocuments(Optional<Path> authorities, boolean plain, Duration timeout) throws IOException {
        // Nothing is gained by HTTP/2 here, and not every server likes to be asked for it in plain text.
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout);
        if (authorities.isPresent()) {
            builder.sslContext(trusting(authorities.get()));
        }
        this.client = builder.build();
        this.plain = plain;
        this.timeout = timeout;
    }

    private static SSLContext trusting(Path authorities) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate certificate : PemCertificates.parse(Files.readAllBytes(authorities))) {
                store.setCertificateEntry(String.valueOf(store.size()), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException("the file " + authorities + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * What is there; fails with an {@link IOException} if there is no answer, with {@link
     * UnexpectedStatus} if it is another than 200.
     */
    public CompletableFuture<byte[]> get(URI url) {
        return TrustedUrl.isSafe(url, plain)
                ? send(HttpRequest.newBuilder(url).header("Accept", "application/json, */*;q=0.1"))
                : unsafe(url);
    }

    /** As {@link #get}, with a request of the caller's. */
    public CompletableFuture<byte[]> send(HttpRequest.Builder builder) {
        HttpRequest request = builder.timeout(timeout).build();
        URI url = request.uri();
        if (!TrustedUrl.isSafe(url, plain)) {
            return unsafe(url);
        }
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, reply -> new LimitedBody(LARGEST_BYTES));
        CompletableFuture<byte[]> body = exchange
                .thenCompose(reply -> reply.statusCode() == 200
                        ? CompletableFuture.completedFuture(reply.body())
                        : CompletableFuture.failedFuture(new UnexpectedStatus(url, reply.statusCode())))
                // The client's own limit ends with the header of the reply.
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(described(url, failure)));
        body.whenComplete((bytes, failure) -> exchange.cancel(true));
        return body;
    }

    private static CompletableFuture<byte[]> unsafe(URI url) {
        return CompletableFuture.failedFuture(new IOException(url + " is not an address of HTTPS"));
    }

    private static IOException described(URI url, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return new IOException(url + " does not answer in time", cause);
        }
        return cause instanceof IOException known && known.getMessage() != null
                ? known
                : new IOException(url + " cannot be reached (" + cause.getClass().getSimpleName() + ")", cause);
    }
}
