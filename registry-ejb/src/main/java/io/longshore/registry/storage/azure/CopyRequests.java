package io.longshore.registry.storage.azure;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobBeginCopySourceRequestConditions;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.CopyStatusType;
import com.azure.storage.blob.options.BlobBeginCopyOptions;
import com.azure.storage.blob.options.BlobCopyFromUrlOptions;
import com.azure.storage.blob.specialized.BlobClientBase;
import io.longshore.registry.storage.StorageUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Copies objects within a container, and waits for what is in the way of replacing one. Azure copies what is small
 * while the request waits, and the rest in its own time. Thread-safe.
 */
final class CopyRequests {
    private static final Duration STEP_LIFETIME = Duration.ofHours(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final BlobContainerClient client;
    private final Calls calls;
    private final Signatures signatures;
    private final Limits limits;

    CopyRequests(BlobContainerClient client, Calls calls, Signatures signatures, Limits limits) {
        this.client = client;
        this.calls = calls;
        this.signatures = signatures;
        this.limits = limits;
    }

    /** Something that replaces an object. */
    @FunctionalInterface
    interface Replacement {
        void run() throws IOException;
    }

    void copy(String from, String version, long sizeBytes, String to) throws IOException {
        if (sizeBytes <= limits.stepBytes()) {
            String source = signatures.readUrl(from, STEP_LIFETIME);
            replacing(to, sizeBytes, () -> copyInOneStep(source, version, sizeBytes, to));
        } else if (!isThere(to, sizeBytes)) {
            String source = signatures.copySourceUrl(from);
            replacing(to, sizeBytes, () -> copyAndWait(source, version, sizeBytes, to));
        }
    }

    /**
     * Whether a whole object of this size is in the place already. Its name says what is in it, and to copy it there
     * again would take it from those who read it for as long as that lasts.
     */
    private boolean isThere(String name, long sizeBytes) throws IOException {
        return awaitCopy(name, sizeBytes)
                .filter(object -> object.getBlobSize() == sizeBytes)
                .filter(object -> object.getCopyStatus() == null || object.getCopyStatus() == CopyStatusType.SUCCESS)
                .isPresent();
    }

    private void copyInOneStep(String source, String version, long sizeBytes, String to) throws IOException {
        BlobCopyFromUrlOptions options = new BlobCopyFromUrlOptions(source)
                .setSourceRequestConditions(new BlobRequestConditions().setIfMatch(version));
        Duration transfer = Patience.step(sizeBytes);
        calls.run("copy to " + to, transfer, attempt -> client.getBlobClient(to)
                .copyFromUrlWithResponse(options, null, Patience.after(transfer)));
    }

    private void copyAndWait(String source, String version, long sizeBytes, String to) throws IOException {
        BlobBeginCopyOptions options = new BlobBeginCopyOptions(source)
                .setSourceRequestConditions(new BlobBeginCopySourceRequestConditions().setIfMatch(version));
        calls.run("begin to copy to " + to, attempt -> client.getBlobClient(to).beginCopy(options));
        CopyStatusType status = awaitCopy(to, sizeBytes)
                .map(BlobProperties::getCopyStatus)
                .orElse(CopyStatusType.SUCCESS);
        if (status != CopyStatusType.SUCCESS) {
            throw new IOException("Azure could not copy to " + to + ": " + status);
        }
    }

    /**
     * Waits until nothing is copied there any more. Empty if the object is deleted by then. A copy that takes too long
     * goes on: who tries again finds it.
     *
     * @param sizeBytes of what is copied
     */
    private Optional<BlobProperties> awaitCopy(String name, long sizeBytes) throws IOException {
        BlobClientBase blob = client.getBlobClient(name);
        Duration longest = limits.copyTime().plus(Patience.copy(sizeBytes));
        long begin = System.nanoTime();
        try {
            for (long pause = 50; ; pause = Math.min(2 * pause, LONGEST_PAUSE.toMillis())) {
                BlobProperties properties = calls.run("look at the copy " + name, attempt -> blob.getProperties());
                if (properties.getCopyStatus() != CopyStatusType.PENDING) {
                    return Optional.of(properties);
                }
                if (System.nanoTime() - begin > longest.toNanos()) {
                    throw new StorageUnavailableException(
                            "Azure still copies to " + name + ", " + longest.toSeconds() + " s after it was asked to",
                            null);
                }
                Calls.pause(Duration.ofMillis(pause));
            }
        } catch (RefusedException e) {
            if (e.isMissingObject()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Runs what replaces an object, again if it was not possible at first: another node may be copying to it, and an
     * append blob, as distribution wrote, cannot be replaced by a block blob.
     *
     * @param sizeBytes of the object, which others copy there too
     */
    void replacing(String name, long sizeBytes, Replacement replacement) throws IOException {
        try {
            replacement.run();
        } catch (RefusedException e) {
            if (e.says("PendingCopyOperation")) {
                awaitCopy(name, sizeBytes);
            } else if (e.says("InvalidBlobType")) {
                calls.run("make room for " + name, attempt -> client.getBlobClient(name).deleteIfExists());
            } else {
                throw e;
            }
            replacement.run();
        }
    }
}
