package io.longshore.registry.storage.s3;

import io.longshore.registry.storage.s3.S3Settings.Access;
import io.longshore.registry.storage.s3.S3Settings.Writing;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server in this process that checks signatures. One serves all tests, each in a bucket of its own. */
final class S3Server {
    static final String REGION = "eu-north-1";
    static final S3Credentials KEYS = new S3Credentials("registry-key", "registry-secret", Optional.empty());
    static final long CHUNK_BYTES = S3Settings.LEAST_CHUNK_BYTES;
    /** For faults that are to be over soon. */
    static final Patience LITTLE = new Patience(
            Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(5), 3,
            Duration.ofMillis(1), Duration.ofMillis(1));

    private static final S3Server SHARED = new S3Server();

    private final S3Proxy proxy;
    private final S3Client client;

    private S3Server() {
        Properties properties = new Properties();
        properties.setProperty("s3proxy.endpoint", "http://127.0.0.1:0");
        properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
        properties.setProperty("s3proxy.identity", KEYS.accessKey());
        properties.setProperty("s3proxy.credential", KEYS.secretKey());
        // the tokens of keys that expire
        properties.setProperty("s3proxy.ignore-unknown-headers", "true");
        try {
            proxy = S3Proxy.Builder.fromProperties(properties).blobStore(new TransientNio2BlobStore()).build();
            proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        client = S3Client.builder()
                .endpointOverride(endpoint())
                .region(Region.of(REGION))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(KEYS.accessKey(), KEYS.secretKey())))
                .build();
    }

    static S3Server shared() {
        return SHARED;
    }

    int port() {
        return proxy.getPort();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** To look past the driver. */
    S3Client client() {
        return client;
    }

    String newBucket() {
        String name = "bucket-" + UUID.randomUUID();
        client.createBucket(request -> request.bucket(name));
        return name;
    }

    S3Settings settings(String bucket) {
        return settings(bucket, endpoint());
    }

    S3Settings settings(String bucket, URI endpoint) {
        return settings(bucket, Access.of(REGION, endpoint), Writing.inChunksOf(CHUNK_BYTES));
    }

    S3Settings settings(String bucket, Access access, Writing writing) {
        return new S3Settings(bucket, "", Optional.of(KEYS), access, writing, Duration.ofMinutes(20));
    }
}
