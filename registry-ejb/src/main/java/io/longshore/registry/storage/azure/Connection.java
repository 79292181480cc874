package io.longshore.registry.storage.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.SharedExecutorService;
import com.azure.identity.AzureAuthorityHosts;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.EnvironmentCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.scheduler.Schedulers;

/** Puts the clients of the Azure libraries together. */
final class Connection {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private Connection() {}

    /** The threads of a store. */
    static ExecutorService threads() {
        AtomicInteger made = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "longshore-azure-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Ends the threads that the Azure libraries share within this application. They come back by themselves if somebody
     * else still needs them.
     */
    static void endSharedThreads() {
        SharedExecutorService.getInstance().reset();
        // a server may have its own copy, whose threads are none of ours
        if (Schedulers.class.getClassLoader() == HttpClient.class.getClassLoader()) {
            Schedulers.shutdownNow();
        }
    }

    /** A client whose requests end when nothing moves for a while. What takes longer says so: see {@link Patience}. */
    static HttpClient httpClient(java.net.http.HttpClient.Builder builder) {
        return new JdkHttpClientBuilder(builder.version(java.net.http.HttpClient.Version.HTTP_1_1))
                .connectionTimeout(CONNECT_TIMEOUT)
                .writeTimeout(Patience.SILENCE)
                .responseTimeout(Patience.SILENCE)
                .readTimeout(Patience.SILENCE)
                .build();
    }

    /** Tries nothing again: {@link Calls} does. */
    static BlobServiceClient service(AzureSettings settings, HttpClient http) throws IOException {
        BlobServiceClientBuilder builder = new BlobServiceClientBuilder()
                .endpoint(settings.endpoint().toString())
                .httpClient(http)
                .retryOptions(new RequestRetryOptions(RetryPolicyType.FIXED, 1, (Duration) null, null, null, null));
        return settings.credential() instanceof AzureCredential.SharedKey shared
                ? builder.credential(new StorageSharedKeyCredential(settings.accountName(), key(shared))).buildClient()
                : builder.credential(token(settings, http)).buildClient();
    }

    private static String key(AzureCredential.SharedKey shared) throws IOException {
        try {
            if (Base64.getDecoder().decode(shared.key()).length > 0) {
                return shared.key();
            }
        } catch (IllegalArgumentException e) {
            // its message quotes from the key
        }
        throw new IOException("the key of the Azure storage account is not in Base64: copy all of it");
    }

    private static TokenCredential token(AzureSettings settings, HttpClient http) {
        String authority = authority(settings.endpoint().getHost());
        if (settings.credential() instanceof AzureCredential.ClientSecret secret) {
            return new ClientSecretCredentialBuilder()
                    .authorityHost(authority)
                    .tenantId(secret.tenantId())
                    .clientId(secret.clientId())
                    .clientSecret(secret.secret())
                    .httpClient(http)
                    .build();
        }
        String clientId = ((AzureCredential.Surroundings) settings.credential()).clientId().orElse(null);
        ChainedTokenCredentialBuilder chain = new ChainedTokenCredentialBuilder()
                .addLast(new EnvironmentCredentialBuilder().authorityHost(authority).httpClient(http).build());
        if (System.getenv("AZURE_FEDERATED_TOKEN_FILE") != null) {
            WorkloadIdentityCredentialBuilder workload = new WorkloadIdentityCredentialBuilder().httpClient(http);
            if (clientId != null) {
                workload.clientId(clientId);
            }
            chain.addLast(workload.build());
        }
        return chain.addLast(new ManagedIdentityCredentialBuilder().clientId(clientId).httpClient(http).build())
                .build();
    }

    /** The national clouds have directories of their own; a variable of the Azure tools names any other. */
    private static String authority(String host) {
        String named = System.getenv("AZURE_AUTHORITY_HOST");
        if (named != null && !named.isBlank()) {
            return named;
        }
        if (host.endsWith(".chinacloudapi.cn")) {
            return AzureAuthorityHosts.AZURE_CHINA;
        }
        return host.endsWith(".usgovcloudapi.net")
                ? AzureAuthorityHosts.AZURE_GOVERNMENT
                : AzureAuthorityHosts.AZURE_PUBLIC_CLOUD;
    }
}
