package io.longshore.registry.storage.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A client that answers what is asked of Entra ID, or of a machine's identity, and passes everything else on. */
final class EntraId implements HttpClient {
    static final String TENANT = "b1d0ae5c-0000-4000-8000-00000000f00d";

    private static final String HOST = "login.microsoftonline.com";
    /** Where machines of Azure ask for the tokens of their identity. */
    private static final String MACHINE = "169.254.169.254";

    private static final String URL = "https://" + HOST + "/";

    private final HttpClient other;
    private final String secret;
    private final AtomicInteger tokens = new AtomicInteger();

    /** Knows one secret. */
    EntraId(HttpClient other, String secret) {
        this.other = other;
        this.secret = secret;
    }

    /** How many tokens were given. */
    int tokens() {
        return tokens.get();
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return send(request, Context.NONE);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return isForEntra(request) ? Mono.fromCallable(() -> answer(request)) : other.send(request, context);
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        return isForEntra(request) ? answer(request) : other.sendSync(request, context);
    }

    private static boolean isForEntra(HttpRequest request) {
        return Set.of(HOST, MACHINE).contains(request.getUrl().getHost());
    }

    private HttpResponse answer(HttpRequest request) {
        String path = request.getUrl().getPath();
        if (request.getUrl().getHost().equals(MACHINE)) {
            tokens.incrementAndGet();
            return new Answer(request, 200, """
                    {"token_type": "Bearer", "expires_in": "3600", "expires_on": "%d", "access_token": "%s"}
                    """.formatted(Instant.now().getEpochSecond() + 3600, token()));
        }
        if (path.contains("discovery")) {
            return new Answer(request, 200, """
                    {"tenant_discovery_endpoint": "%s%s/v2.0/.well-known/openid-configuration",
                     "metadata": [{"preferred_network": "%s", "preferred_cache": "%s", "aliases": ["%s"]}]}
                    """.formatted(URL, TENANT, HOST, HOST, HOST));
        }
        if (path.endsWith("openid-configuration")) {
            return new Answer(request, 200, """
                    {"issuer": "%1$st/v2.0", "token_endpoint": "%1$st/oauth2/v2.0/token",
                     "authorization_endpoint": "%1$st/oauth2/v2.0/authorize"}
                    """.formatted(URL));
        }
        if (!request.getBodyAsBinaryData().toString().contains("client_secret=" + secret)) {
            return new Answer(request, 401, """
                    {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided."}
                    """);
        }
        tokens.incrementAndGet();
        return new Answer(request, 200, """
                {"token_type": "Bearer", "expires_in": 3600, "access_token": "%s"}
                """.formatted(token()));
    }

    /** Azurite looks at what it says, but not at its signature. */
    private static String token() {
        long now = Instant.now().getEpochSecond();
        String claims = """
                {"aud": "https://storage.azure.com", "iss": "https://sts.windows.net/%1$s/", "tid": "%1$s", "oid": "o",
                 "iat": %2$d, "nbf": %3$d, "exp": %4$d}
                """.formatted(TENANT, now, now - 60, now + 3600);
        return encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + encoded(claims) + "." + encoded("unsigned");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Answer extends HttpResponse {
        private final int status;
        private final byte[] body;

        Answer(HttpRequest request, int status, String body) {
            super(request);
            this.status = status;
            this.body = body.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int getStatusCode() {
            return status;
        }

        @Override
        @Deprecated
        public String getHeaderValue(String name) {
            return getHeaders().getValue(HttpHeaderName.fromString(name));
        }

        @Override
        public HttpHeaders getHeaders() {
            return new HttpHeaders().set(HttpHeaderName.CONTENT_TYPE, "application/json");
        }

        @Override
        public Flux<ByteBuffer> getBody() {
            return Flux.just(ByteBuffer.wrap(body));
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return Mono.just(body);
        }

        @Override
        public Mono<String> getBodyAsString() {
            return getBodyAsString(StandardCharsets.UTF_8);
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return Mono.just(new String(body, charset));
        }
    }
}
