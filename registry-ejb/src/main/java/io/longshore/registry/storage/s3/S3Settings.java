package io.longshore.registry.storage.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and how blobs are kept. Immutable.
 *
 * @param rootDirectory what the names of all objects begin with; empty for the top of the bucket
 * @param credentials empty for the default chain of the SDK: environment, web identity, profile, container, instance
 * @param addressLifetime how long a presigned URL works
 */
public record S3Settings(
        String bucket,
        String rootDirectory,
        Optional<S3Credentials> credentials,
        Access access,
        Writing writing,
        Duration addressLifetime) {

    /** The least that S3 takes as a part that is not the last. */
    public static final long LEAST_CHUNK_BYTES = 5L << 20;

    /** The most that S3 takes as a part, or copies at once. */
    public static final long MOST_CHUNK_BYTES = 5L << 30;

    public S3Settings {
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("the bucket has no name");
        }
    }

    /**
     * The way to the bucket.
     *
     * @param endpoint of a store that is not Amazon's; empty for that of the region
     * @param redirectEndpoint that presigned URLs lead to instead
     * @param pathStyle whether the bucket stands in the path instead of the host name
     * @param secure whether Amazon's endpoint is spoken to by HTTPS; another endpoint says so itself
     * @param verifyCertificates whether a server must prove who it is
     */
    public record Access(
            String region,
            Optional<URI> endpoint,
            Optional<URI> redirectEndpoint,
            boolean pathStyle,
            boolean secure,
            boolean verifyCertificates,
            boolean accelerate,
            boolean dualStack,
            boolean fips) {

        /** Amazon's own endpoint of a region, by default. */
        public static Access amazon(String region) {
            return new Access(region, Optional.empty(), Optional.empty(), false, true, true, false, false, false);
        }

        /** Another store, by default: the bucket stands in the path. */
        public static Access of(String region, URI endpoint) {
            return new Access(
                    region, Optional.of(endpoint), Optional.empty(), true, true, true, false, false, false);
        }
    }

    /**
     * How objects are written.
     *
     * @param chunkBytes size of segments and parts; a blob has 10,000 of them at most
     * @param copyConcurrency how many parts are copied at once, in the whole process
     * @param storageClass of blobs, and acl of blobs: left to the store where empty
     * @param encrypt whether the store is asked to encrypt, with {@code keyId} of its key service if given
     */
    public record Writing(
            long chunkBytes,
            int copyConcurrency,
            Optional<String> storageClass,
            Optional<String> acl,
            boolean encrypt,
            Optional<String> keyId) {

        public Writing {
            if (chunkBytes < LEAST_CHUNK_BYTES || chunkBytes > MOST_CHUNK_BYTES) {
                throw new IllegalArgumentException("chunks of " + chunkBytes + " bytes");
            }
            if (keyId.isPresent() && !encrypt) {
                throw new IllegalArgumentException("a key of the key service, and nothing to encrypt");
            }
            if (copyConcurrency < 1) {
                throw new IllegalArgumentException("no copies at once");
            }
        }

        /** What the store is asked to encrypt with; empty for what the bucket does by itself. */
        Optional<String> encryption() {
            return encrypt ? Optional.of(keyId.isPresent() ? "aws:kms" : "AES256") : Optional.empty();
        }

        /** All by default but the size of chunks. */
        public static Writing inChunksOf(long chunkBytes) {
            return new Writing(chunkBytes, 100, Optional.empty(), Optional.empty(), false, Optional.empty());
        }
    }
}
