package io.longshore.registry.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where blob bytes live and what may become of them.
 *
 * @param deleteEnabled whether clients may delete tags, manifests and blobs
 * @param redirects whether clients are sent to a store that gives addresses of blobs
 * @param readOnly whether nobody may write, for as long as the server runs
 */
public record StorageConfig(
        Driver driver, boolean deleteEnabled, boolean redirects, boolean readOnly, UploadPurgeConfig uploadPurge) {

    /** The one storage driver and its settings. */
    public sealed interface Driver {

        /** Where blobs are, for the log. */
        String place();
    }

    /**
     * Files on a local or mounted file system.
     *
     * @param maxThreads how many threads may read and write files at once
     */
    public record Filesystem(Path rootDirectory, int maxThreads) implements Driver {
        @Override
        public String place() {
            return "the folder " + rootDirectory;
        }
    }

    /**
     * A driver that is not ours.
     *
     * @param name by which its bean is found
     */
    public record Installed(String name, Map<String, Secret> parameters) implements Driver {
        @Override
        public String place() {
            return "the driver " + name;
        }
    }

    /**
     * A container of Azure Blob Storage.
     *
     * @param accountKey there for {@link AzureCredentials#SHARED_KEY}
     * @param tenantId there for {@link AzureCredentials#CLIENT_SECRET}
     * @param clientId there for {@link AzureCredentials#CLIENT_SECRET}, and perhaps for the default ones
     * @param clientSecret there for {@link AzureCredentials#CLIENT_SECRET}
     * @param serviceUrl without a slash at its end
     * @param redirectEndpoint where clients find the account, if elsewhere
     */
    public record Azure(
            String accountName,
            AzureCredentials credentials,
            Optional<Secret> accountKey,
            Optional<String> tenantId,
            Optional<String> clientId,
            Optional<Secret> clientSecret,
            URI serviceUrl,
            Optional<URI> redirectEndpoint,
            String container,
            String rootDirectory,
            boolean legacyRootPrefix,
            int maxRetries,
            Duration retryDelay,
            Duration redirectExpiry) implements Driver {
        @Override
        public String place() {
            return "the container " + container + " at " + serviceUrl + below(rootDirectory);
        }
    }

    /** How the registry shows Azure who it is. */
    public enum AzureCredentials {
        SHARED_KEY,
        CLIENT_SECRET,
        DEFAULT_CREDENTIALS
    }

    /** The memory of this process; everything is gone when it ends. */
    public record InMemory() implements Driver {
        @Override
        public String place() {
            return "the memory of this process";
        }
    }

    /**
     * A bucket of S3, or of a store that speaks its API.
     *
     * @param rootDirectory what the names of all objects begin with; empty for nothing
     * @param keys empty for what the environment gives
     * @param redirectExpiry how long an address that is given to clients works
     */
    public record S3(
            String bucket,
            String rootDirectory,
            Optional<S3Keys> keys,
            S3Access access,
            S3Writing writing,
            Duration redirectExpiry)
            implements Driver {
        @Override
        public String place() {
            String store = access.endpoint().map(URI::toString).orElse("Amazon S3, region " + access.region());
            return "the bucket " + bucket + " at " + store + below(rootDirectory);
        }
    }

    private static String below(String rootDirectory) {
        return rootDirectory.isEmpty() ? "" : ", below " + rootDirectory;
    }

    /** An access key, with the token of one that expires. */
    public record S3Keys(Secret accessKey, Secret secretKey, Optional<Secret> sessionToken) {}

    /**
     * The way to a bucket.
     *
     * @param endpoint of a store that is not Amazon's, with its scheme
     * @param redirectEndpoint where clients reach it, with its scheme
     * @param secure whether Amazon's endpoints are spoken to by HTTPS
     */
    public record S3Access(
            String region,
            Optional<URI> endpoint,
            Optional<URI> redirectEndpoint,
            boolean forcePathStyle,
            boolean secure,
            boolean skipVerify,
            boolean accelerate,
            boolean dualStack,
            boolean fips) {}

    /** How objects are written to a bucket. */
    public record S3Writing(
            DataSize chunkSize,
            int copyConcurrency,
            Optional<String> storageClass,
            Optional<String> objectAcl,
            boolean encrypt,
            Optional<String> keyId) {}
}
