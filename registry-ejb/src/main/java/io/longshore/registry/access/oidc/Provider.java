package io.longshore.registry.access.oidc;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.longshore.registry.access.jwt.HttpDocuments;
import io.longshore.registry.access.jwt.JwtClaims;
import io.longshore.registry.config.TrustedUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The server of an issuer, as its discovery document describes it. Thread-safe. */
final class Provider {
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    /** How long logins go by a document that was fetched. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private record Fetched(Metadata metadata, Instant at) {}

    private final String issuer;
    private final HttpDocuments documents;
    private final Clock clock;

    private volatile Fetched last;

    Provider(String issuer, HttpDocuments documents, Clock clock) {
        this.issuer = issuer;
        this.documents = documents;
        this.clock = clock;
    }

    /** What a discovery document says. */
    record Metadata(Map<String, Object> members) {

        /**
         * @throws IOException if it says nothing of it, or not where that is
         */
        URI address(String name) throws IOException {
            try {
                URI address = members.get(name) instanceof String text ? new URI(text) : URI.create("");
                if (TrustedUrl.isSafe(address, true)) {
                    return address;
                }
                throw new IOException("the discovery document does not say where the " + name + " is");
            } catch (URISyntaxException e) {
                throw new IOException("the discovery document has no address in " + name, e);
            }
        }

        /** Whether the secret of a client is expected in the form alone. */
        boolean wantsSecretInForm() {
            List<String> methods = JwtClaims.texts(members.get("token_endpoint_auth_methods_supported"));
            return methods.contains("client_secret_post") && !methods.contains("client_secret_basic");
        }
    }

    HttpDocuments documents() {
        return documents;
    }

    /**
     * The discovery document, at most some minutes old.
     *
     * @throws IOException if it cannot be had, or is that of another issuer
     */
    Metadata metadata() throws IOException {
        Fetched known = last;
        Instant now = clock.instant();
        if (known == null || !now.isBefore(known.at().plus(FRESH))) {
            known = new Fetched(await(discover()), now);
            last = known;
        }
        return known.metadata();
    }

    /** The keys, fetched anew from where the discovery document says. */
    CompletableFuture<byte[]> keys() {
        return discover().thenCompose(metadata -> {
            try {
                return documents.get(metadata.address("jwks_uri"));
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }

    private CompletableFuture<Metadata> discover() {
        return documents.get(URI.create(issuer.replaceFirst("/+$", "") + DISCOVERY)).thenApply(this::parse);
    }

    private Metadata parse(byte[] json) {
        try {
            Map<String, Object> members = json(json);
            if (!issuer.equals(members.get("issuer"))) {
                throw new IOException("the discovery document of " + issuer + " is that of another issuer");
            }
            return new Metadata(members);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads an object.
     *
     * @throws IOException if it is none
     */
    static Map<String, Object> json(byte[] bytes) throws IOException {
        try {
            Map<String, Object> members = JSONObjectUtils.parse(new String(bytes, StandardCharsets.UTF_8));
            if (members != null) {
                return members;
            }
        } catch (ParseException e) {
            throw new IOException("expected a JSON object", e);
        }
        throw new IOException("expected a JSON object");
    }

    /** Waits for what gives up by itself. */
    static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof UncheckedIOException io ? io.getCause() : e.getCause();
            if (cause instanceof HttpDocuments.UnexpectedStatus status) {
                throw status;
            }
            throw new IOException(cause.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
