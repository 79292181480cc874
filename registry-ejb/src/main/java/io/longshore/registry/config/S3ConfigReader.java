package io.longshore.registry.config;

import java.net.URI;
import java.util.Optional;

/** Reads {@code storage.s3}. */
final class S3ConfigReader {
    static final String DRIVER = "s3";

    private static final String STANDARD_REGION = "us-east-1";
    private static final String NO_STORAGE_CLASS = "NONE";

    private final Settings settings;
    private final Problems problems;

    S3ConfigReader(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** {@code named} is where the driver was named. */
    StorageConfig.S3 read(Source named) {
        Optional<String> bucket = settings.find(Keys.STORAGE_S3_BUCKET);
        if (bucket.isEmpty()) {
            problems.add("storage.s3", named, "expected " + named.spell(Keys.STORAGE_S3_BUCKET.name()) + " to be set");
        }
        return new StorageConfig.S3(
                bucket.orElse(""),
                settings.find(Keys.STORAGE_S3_ROOTDIRECTORY).orElse(""),
                keys(),
                access(named),
                writing(),
                settings.get(Keys.STORAGE_S3_REDIRECTEXPIRY));
    }

    private Optional<StorageConfig.S3Keys> keys() {
        Optional<Secret> accessKey = settings.find(Keys.STORAGE_S3_ACCESSKEY);
        Optional<Secret> secretKey = settings.find(Keys.STORAGE_S3_SECRETKEY);
        Optional<Secret> sessionToken = settings.find(Keys.STORAGE_S3_SESSIONTOKEN);
        requireBeside(Keys.STORAGE_S3_ACCESSKEY, Keys.STORAGE_S3_SECRETKEY);
        requireBeside(Keys.STORAGE_S3_SECRETKEY, Keys.STORAGE_S3_ACCESSKEY);
        requireBeside(Keys.STORAGE_S3_SESSIONTOKEN, Keys.STORAGE_S3_ACCESSKEY);
        return accessKey.isPresent() && secretKey.isPresent()
                ? Optional.of(new StorageConfig.S3Keys(accessKey.get(), secretKey.get(), sessionToken))
                : Optional.empty();
    }

    private void requireBeside(Key<?> key, Key<?> other) {
        if (settings.source(other).isEmpty()) {
            settings.source(key).ifPresent(source ->
                    problems.add(key.name(), source, "expected " + other.name() + " to be set too"));
        }
    }

    private StorageConfig.S3Access access(Source named) {
        boolean secure = settings.get(Keys.STORAGE_S3_SECURE);
        Optional<URI> endpoint = endpoint(Keys.STORAGE_S3_REGIONENDPOINT, secure);
        Optional<String> region = settings.find(Keys.STORAGE_S3_REGION);
        if (region.isEmpty() && endpoint.isEmpty()) {
            problems.add("storage.s3", named, "expected " + named.spell(Keys.STORAGE_S3_REGION.name()) + " to be set");
        }
        return new StorageConfig.S3Access(
                region.orElse(STANDARD_REGION),
                endpoint,
                endpoint(Keys.STORAGE_S3_REDIRECTENDPOINT, secure),
                settings.find(Keys.STORAGE_S3_FORCEPATHSTYLE).orElse(endpoint.isPresent()),
                secure,
                settings.get(Keys.STORAGE_S3_SKIPVERIFY),
                settings.get(Keys.STORAGE_S3_ACCELERATE),
                settings.get(Keys.STORAGE_S3_USEDUALSTACK),
                settings.get(Keys.STORAGE_S3_USEFIPSENDPOINT));
    }

    private Optional<URI> endpoint(Key<URI> key, boolean secure) {
        return settings.find(key).map(given -> given.getScheme() == null
                ? URI.create((secure ? "https:" : "http:") + given)
                : given);
    }

    private StorageConfig.S3Writing writing() {
        boolean encrypt = settings.get(Keys.STORAGE_S3_ENCRYPT);
        Optional<String> keyId = settings.find(Keys.STORAGE_S3_KEYID);
        if (!encrypt) {
            settings.source(Keys.STORAGE_S3_KEYID).ifPresent(source -> problems.warn(
                    Keys.STORAGE_S3_KEYID.name(), source, "has no effect unless storage.s3.encrypt is true"));
        }
        return new StorageConfig.S3Writing(
                settings.get(Keys.STORAGE_S3_CHUNKSIZE),
                settings.get(Keys.STORAGE_S3_MULTIPARTCOPYMAXCONCURRENCY),
                settings.find(Keys.STORAGE_S3_STORAGECLASS).filter(name -> !name.equals(NO_STORAGE_CLASS)),
                settings.find(Keys.STORAGE_S3_OBJECTACL),
                encrypt,
                keyId.filter(id -> encrypt));
    }
}
