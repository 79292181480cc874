package io.longshore.registry.storage.s3;

import io.longshore.registry.storage.StageLostException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of one stage. Immutable, thread-safe. */
final class Segments {
    private final Bucket bucket;
    private final String folder;
    private final StageName name;

    Segments(Bucket bucket, String uploads, StageName name) {
        this.bucket = bucket;
        this.folder = uploads + name.value() + "/";
        this.name = name;
    }

    /** A segment as it lies in the store. */
    record Found(String etag, long sizeBytes) {}

    StageName name() {
        return name;
    }

    long chunkBytes() {
        return name.chunkBytes();
    }

    /** The key of a segment, counted from 0. */
    String key(long index) {
        return folder + "%08d".formatted(index);
    }

    Optional<Found> find(long index) throws IOException {
        try {
            HeadObjectResponse head = bucket.head(key(index));
            return Optional.of(new Found(head.eTag(), Bucket.sizeOf(key(index), head.contentLength())));
        } catch (NoObjectException e) {
            return Optional.empty();
        }
    }

    /**
     * The segment in which the last of {@code sizeBytes} lies.
     *
     * @throws StageLostException if the stage does not hold that many
     */
    Found last(long sizeBytes) throws IOException {
        Found found = find(name.lastSegmentOf(sizeBytes))
                .orElseThrow(() -> new StageLostException("stage " + name.value() + " has no byte " + sizeBytes));
        if (found.sizeBytes() < name.tailOf(sizeBytes)) {
            throw new StageLostException("stage " + name.value() + " holds fewer than " + sizeBytes + " bytes");
        }
        return found;
    }

    /** Reads a segment from its beginning. The caller closes the reader. */
    ObjectReader read(long index) throws IOException {
        return ObjectReader.open(bucket, key(index), 0);
    }

    /** Deletes the segments from {@code index} on, up to the first that is not there. */
    void deleteFrom(long index) throws IOException {
        List<String> keys = new ArrayList<>();
        for (long i = index; find(i).isPresent(); i++) {
            keys.add(key(i));
        }
        bucket.deleteAll(keys);
    }

    /** Deletes the first {@code count} segments. */
    void deleteFirst(long count) throws IOException {
        List<String> keys = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            keys.add(key(i));
        }
        bucket.deleteAll(keys);
    }

    /** Deletes whatever is there: unlike all else here, this has to look. */
    void deleteAll() throws IOException {
        List<String> keys = bucket.call("LIST " + folder, () -> {
            List<String> found = new ArrayList<>();
            for (S3Object object : bucket.list(folder)) {
                found.add(object.key());
            }
            return found;
        });
        bucket.deleteAll(keys);
    }

    StageLostException lost(NoObjectException cause) {
        return new StageLostException("stage " + name.value() + " is not what it was", cause);
    }

    @Override
    public String toString() {
        return name.value();
    }
}
