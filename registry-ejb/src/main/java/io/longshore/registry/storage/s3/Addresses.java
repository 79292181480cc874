package io.longshore.registry.storage.s3;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** URLs that need no keys, for a while. Thread-safe. */
final class Addresses implements AutoCloseable {
    private static final String CONTENT_TYPE = "application/octet-stream";

    private final S3Presigner presigner;
    private final String bucket;
    private final Duration lifetime;

    Addresses(S3Presigner presigner, String bucket, Duration lifetime) {
        this.presigner = presigner;
        this.bucket = bucket;
        this.lifetime = lifetime;
    }

    URI of(String key) throws IOException {
        try {
            return uri(presigner.presignGetObject(request -> request
                            .signatureDuration(lifetime)
                            .getObjectRequest(get -> get.bucket(bucket).key(key).responseContentType(CONTENT_TYPE)))
                    .url());
        } catch (SdkException e) {
            throw Failures.of("signing of an address", e);
        }
    }

    private static URI uri(URL url) {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the SDK encodes what it signs", e);
        }
    }

    @Override
    public void close() {
        presigner.close();
    }
}
