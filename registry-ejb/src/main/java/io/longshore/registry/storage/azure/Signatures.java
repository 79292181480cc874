package io.longshore.registry.storage.azure;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.sas.SasProtocol;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.Executor;

/** Makes URLs by which an object can be read without credentials. Thread-safe. */
final class Signatures {
    private static final Duration COPY_LIFETIME = Duration.ofHours(24);

    private final BlobContainerClient container;
    private final boolean withAccountKey;
    private final boolean encryptedOnly;
    private final DelegationKeys keys;

    /** Renews the key of an identity in {@code background}. */
    Signatures(BlobServiceClient service, BlobContainerClient container, boolean withAccountKey, Calls calls,
            Executor background) {
        this.container = container;
        this.withAccountKey = withAccountKey;
        this.encryptedOnly = service.getAccountUrl().startsWith("https:");
        this.keys = new DelegationKeys(
                (from, until) -> calls.run("get a key to sign addresses with",
                        attempt -> service.getUserDelegationKey(from, until)),
                background, Clock.systemUTC());
    }

    /** A URL for reading the object for a while. Answers say that it is of no particular type. */
    String readUrl(String name, Duration lifetime) throws IOException {
        BlobClient blob = container.getBlobClient(name);
        OffsetDateTime expiry = OffsetDateTime.now(ZoneOffset.UTC).plus(lifetime);
        BlobServiceSasSignatureValues values =
                new BlobServiceSasSignatureValues(expiry, new BlobSasPermission().setReadPermission(true))
                        .setContentType("application/octet-stream");
        if (encryptedOnly) {
            values.setProtocol(SasProtocol.HTTPS_ONLY);
        }
        String signature = withAccountKey
                ? blob.generateSas(values)
                : blob.generateUserDelegationSas(values, keys.until(expiry));
        return blob.getBlobUrl() + '?' + signature;
    }

    /** What Azure is told to copy in its own time. Within an account, who has its key need not sign for that. */
    String copySourceUrl(String name) throws IOException {
        return withAccountKey ? container.getBlobClient(name).getBlobUrl() : readUrl(name, COPY_LIFETIME);
    }
}
