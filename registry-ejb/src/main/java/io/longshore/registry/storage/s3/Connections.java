package io.longshore.registry.storage.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.utils.AttributeMap;

/** Makes clients of the SDK. */
final class Connections {
    /** More than requests can be under way: what bounds those is the server's threads. */
    private static final int MOST_CONNECTIONS = 2000;

    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(10);

    private final S3Settings.Access access;
    private final Patience patience;

    Connections(S3Settings.Access access, Patience patience) {
        this.access = access;
        this.patience = patience;
    }

    /** Static keys, or whatever the place where this runs gives; may hold threads and connections. */
    static AwsCredentialsProvider credentials(Optional<S3Credentials> given) {
        return given.<AwsCredentialsProvider>map(keys -> StaticCredentialsProvider.create(fixed(keys)))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    private static AwsCredentials fixed(S3Credentials keys) {
        return keys.sessionToken().isPresent()
                ? AwsSessionCredentials.create(keys.accessKey(), keys.secretKey(), keys.sessionToken().get())
                : AwsBasicCredentials.create(keys.accessKey(), keys.secretKey());
    }

    /** The caller closes the client, and that closes its connections. */
    S3Client client(AwsCredentialsProvider credentials, RetryCount retries) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(access.region()))
                .credentialsProvider(credentials)
                .httpClientBuilder(attributes -> http())
                .forcePathStyle(access.pathStyle())
                .accelerate(access.accelerate())
                .dualstackEnabled(access.dualStack())
                .fipsEnabled(access.fips())
                .disableS3ExpressSessionAuth(true)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(common -> common
                        .retryStrategy(retryStrategy())
                        .addExecutionInterceptor(retries)
                        .apiCallAttemptTimeout(patience.attempt())
                        .apiCallTimeout(patience.total(patience.attempt())));
        endpoint().ifPresent(builder::endpointOverride);
        if (access.endpoint().isPresent()) {
            plainProtocol(builder);
        }
        return builder.build();
    }

    /** Stores other than Amazon's do not all know trailing checksums, nor a body that is signed in pieces. */
    private static void plainProtocol(S3ClientBuilder builder) {
        builder.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .addPlugin(LegacyMd5Plugin.create())
                .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build());
    }

    private Optional<URI> endpoint() {
        if (access.endpoint().isPresent() || access.secure()) {
            return access.endpoint();
        }
        return Optional.of(URI.create("http://" + S3Client.serviceMetadata().endpointFor(Region.of(access.region()))));
    }

    private SdkHttpClient http() {
        return Apache5HttpClient.builder()
                .maxConnections(MOST_CONNECTIONS)
                .connectionTimeout(patience.connect())
                .connectionAcquisitionTimeout(patience.connect())
                .socketTimeout(patience.idle())
                .tcpKeepAlive(true)
                .buildWithDefaults(AttributeMap.builder()
                        .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, !access.verifyCertificates())
                        .build());
    }

    private StandardRetryStrategy retryStrategy() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(patience.attempts())
                .backoffStrategy(BackoffStrategy.exponentialDelayHalfJitter(patience.backOff(), LONGEST_BACK_OFF))
                .throttlingBackoffStrategy(
                        BackoffStrategy.exponentialDelayHalfJitter(patience.throttled(), LONGEST_BACK_OFF))
                .build();
    }

    /** Signs addresses for clients. The caller closes it. */
    S3Presigner presigner(AwsCredentialsProvider credentials) {
        S3Presigner.Builder builder = S3Presigner.builder()
                .region(Region.of(access.region()))
                .credentialsProvider(credentials)
                .dualstackEnabled(access.dualStack())
                .fipsEnabled(access.fips())
                .disableS3ExpressSessionAuth(true)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(access.pathStyle())
                        .accelerateModeEnabled(access.accelerate())
                        .build());
        access.redirectEndpoint().or(this::endpoint).ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
