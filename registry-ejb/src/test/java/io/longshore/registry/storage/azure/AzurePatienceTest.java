package io.longshore.registry.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import io.longshore.registry.storage.StorageUnavailableException;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

/** Requests are given the time that their bytes take. */
@ExtendWith(AzuriteExtension.class)
class AzurePatienceTest {
    private static final Limits LIMITS = new Limits(50_000, 200_000);

    private AzureSettings settings;
    private Hurry http;

    @BeforeEach
    void open(Azurite azurite) {
        BlobContainerClient container = azurite.newContainer();
        AzureSettings some = azurite.settings(container);
        settings = new AzureSettings(
                some.accountName(), some.credential(), some.endpoint(), some.container(), "", false, 0,
                Duration.ZERO, some.addressLifetime(), some.publicEndpoint());
        http = new Hurry();
    }

    @Test
    void theTimeForAnAnswerGrowsWithTheBytes() {
        assertThat(Patience.upload(16 << 20)).isEqualTo(Duration.ofSeconds(256));
        assertThat(Patience.step(256 << 20)).isEqualTo(Duration.ofSeconds(256));
        assertThat(Patience.copy(390L << 30)).isEqualTo(Duration.ofSeconds(24_960));
    }

    @Test
    void aSmallBlobMayTakeLongerThanOtherRequests() throws Exception {
        Content content = Content.random(40_000);
        AzureBlobStore store = AzureBlobStore.open(settings, http, LIMITS);
        http.hurry = request -> isWrite(request, "");
        Blobs.put(store, content);

        Blobs.assertBlob(store, content);
    }

    @Test
    void blocksAndCopiesInOneStepMayTakeLongerThanOtherRequests() throws Exception {
        Content content = Content.random(120_000);
        AzureBlobStore store = AzureBlobStore.open(settings, http, LIMITS);
        http.hurry = request -> isWrite(request, "comp=block&") || request.getUrl().getPath().endsWith("/data");
        Blobs.put(store, content);
        http.hurry = request -> false;

        Blobs.assertBlob(store, content);
    }

    @Test
    void whatCarriesNothingIsNotWaitedForAnyLonger() throws Exception {
        AzureBlobStore store = AzureBlobStore.open(settings, http, LIMITS);
        http.hurry = request -> true;

        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> store.delete(Content.of("any").digest()));
    }

    private static boolean isWrite(HttpRequest request, String part) {
        return request.getHttpMethod().toString().equals("PUT") && request.getUrl().toString().contains(part);
    }

    /** A client that waits next to no time for some answers, unless the request says how long. */
    private static final class Hurry implements HttpClient {
        private final HttpClient calm = Connection.httpClient(java.net.http.HttpClient.newBuilder());
        private final HttpClient hasty = new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder()
                        .version(java.net.http.HttpClient.Version.HTTP_1_1))
                .responseTimeout(Duration.ofMillis(1))
                .build();
        private volatile Predicate<HttpRequest> hurry = request -> false;

        private HttpClient client(HttpRequest request) {
            return hurry.test(request) ? hasty : calm;
        }

        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
            return client(request).send(request);
        }

        @Override
        public Mono<HttpResponse> send(HttpRequest request, Context context) {
            return client(request).send(request, context);
        }

        @Override
        public HttpResponse sendSync(HttpRequest request, Context context) {
            return client(request).sendSync(request, context);
        }
    }
}
