package io.longshore.registry.storage.s3;

import io.longshore.registry.storage.StorageUnavailableException;
import io.longshore.registry.storage.object.Spool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of one bucket. Thread-safe. Failures come as {@link Failures} says. */
final class Bucket implements AutoCloseable {
    private static final String CONTENT_TYPE = "application/octet-stream";
    /** Metadata by which a writer knows its own object again. */
    private static final String WRITE = "longshore-write";
    private static final int MOST_AT_ONCE = 1000;
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;

    private final S3Client client;
    private final String name;
    private final S3Settings.Writing writing;
    private final Patience patience;
    private volatile boolean conditional = true;

    Bucket(S3Client client, String name, S3Settings.Writing writing, Patience patience) {
        this.client = client;
        this.name = name;
        this.writing = writing;
        this.patience = patience;
    }

    String name() {
        return name;
    }

    S3Client client() {
        return client;
    }

    S3Settings.Writing writing() {
        return writing;
    }

    Patience patience() {
        return patience;
    }

    /** From now on writes segments whatever lies there: the store does not compare before it writes. */
    void writeUnconditionally() {
        conditional = false;
    }

    /** Makes a request and translates its failure; {@code what} begins the message. */
    <T> T call(String what, Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (SdkException e) {
            throw Failures.of(what, e);
        }
    }

    /**
     * @throws NoObjectException if there is none, of which the store is sure
     */
    HeadObjectResponse head(String key) throws IOException {
        try {
            return call("HEAD " + key, () -> client.headObject(request -> request.bucket(name).key(key)));
        } catch (IOException e) {
            if (Failures.status(e) != NOT_FOUND && Failures.status(e) != BAD_REQUEST) {
                throw e;
            }
            return headByGet(key);
        }
    }

    /**
     * An answer to HEAD has no body: an object that is not there, a bucket that is not there and a proxy whose store
     * is away all look the same, and so do keys that ended and a request that is wrong. The answer to GET tells them
     * apart.
     */
    private HeadObjectResponse headByGet(String key) throws IOException {
        ResponseInputStream<GetObjectResponse> body = get(key, 0, Optional.empty());
        body.abort();
        GetObjectResponse found = body.response();
        return HeadObjectResponse.builder()
                .eTag(found.eTag())
                .contentLength(found.contentLength())
                .metadata(found.metadata())
                .build();
    }

    /** A size that the store gave, or did not. */
    static long sizeOf(String key, Long given) throws IOException {
        if (given == null) {
            throw new IOException("the store does not say how large " + key + " is");
        }
        return given;
    }

    /**
     * Reads an object from a position on. The caller closes or aborts the stream.
     *
     * @param etag that the object must have, if given
     * @throws NoObjectException if there is none, or another one
     */
    ResponseInputStream<GetObjectResponse> get(String key, long position, Optional<String> etag) throws IOException {
        GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(name).key(key);
        if (position > 0) {
            request.range("bytes=" + position + "-");
        }
        etag.ifPresent(request::ifMatch);
        return call("GET " + key, () -> client.getObject(request.build()));
    }

    /** Writes a whole blob, in place of the one that is there. */
    void putBlob(String key, Spool bytes) throws IOException {
        PutObjectRequest.Builder request = PutObjectRequest.builder().bucket(name).key(key).contentType(CONTENT_TYPE);
        writing.storageClass().ifPresent(request::storageClass);
        writing.acl().ifPresent(request::acl);
        put(request, bytes);
    }

    /**
     * Writes a segment of a stage, if what lies there is still what the caller has seen.
     *
     * @param replaced the ETag of the object to replace; empty if there must be none
     * @return the ETag of what was written
     * @throws SegmentChangedException if another writer was faster
     */
    String putSegment(String key, Spool bytes, Optional<String> replaced) throws IOException {
        PutObjectRequest.Builder request = PutObjectRequest.builder().bucket(name).key(key).contentType(CONTENT_TYPE);
        if (!conditional) {
            return put(request, bytes);
        }
        String write = UUID.randomUUID().toString();
        request.metadata(Map.of(WRITE, write));
        replaced.ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
        try {
            return putUnlessConflict(request, bytes);
        } catch (IOException e) {
            if (Failures.status(e) != PRECONDITION_FAILED) {
                throw e;
            }
            return readBack(key, write, e);
        }
    }

    /** A conflict is no verdict: another request met this one, and nothing is said of what lies there now. */
    private String putUnlessConflict(PutObjectRequest.Builder request, Spool bytes) throws IOException {
        Duration longest = patience.total(patience.transferOf(bytes.sizeBytes()));
        long end = System.nanoTime() + longest.toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                return put(request, bytes);
            } catch (IOException e) {
                if (Failures.status(e) != CONFLICT) {
                    throw e;
                }
                if (attempt >= patience.attempts() || System.nanoTime() - end > 0) {
                    throw new StorageUnavailableException(e.getMessage() + " again and again", e);
                }
                patience.pauseAfter(attempt);
            }
        }
    }

    /** A repeated request may have met what the first one wrote, when only the answer was lost. */
    private String readBack(String key, String write, IOException refusal) throws IOException {
        HeadObjectResponse found;
        try {
            found = head(key);
        } catch (NoObjectException e) {
            throw new StorageUnavailableException(refusal.getMessage() + ", and then that it has no " + key, e);
        }
        if (write.equals(found.metadata().get(WRITE))) {
            return found.eTag();
        }
        throw new SegmentChangedException("another writer changed " + key, refusal);
    }

    private String put(PutObjectRequest.Builder request, Spool bytes) throws IOException {
        writing.encryption().ifPresent(request::serverSideEncryption);
        writing.keyId().ifPresent(request::ssekmsKeyId);
        request.overrideConfiguration(within(patience.transferOf(bytes.sizeBytes())));
        PutObjectRequest built = request.build();
        return call("PUT " + built.key(), () -> client.putObject(built, body(bytes))).eTag();
    }

    static RequestBody body(Spool bytes) {
        return RequestBody.fromContentProvider(bytes::bytes, bytes.sizeBytes(), CONTENT_TYPE);
    }

    /** Limits a request, and one attempt to {@code attempt}. */
    Consumer<AwsRequestOverrideConfiguration.Builder> within(Duration attempt) {
        return request -> request.apiCallAttemptTimeout(attempt).apiCallTimeout(patience.total(attempt));
    }

    /** Copies a whole object, if it still has this ETag, to the key of a blob. */
    void copyToBlob(String source, String etag, long sizeBytes, String key) throws IOException {
        CopyObjectRequest.Builder request = CopyObjectRequest.builder()
                .sourceBucket(name)
                .sourceKey(source)
                .copySourceIfMatch(etag)
                .destinationBucket(name)
                .destinationKey(key)
                .metadataDirective("REPLACE")
                .contentType(CONTENT_TYPE)
                .overrideConfiguration(within(patience.transferOf(sizeBytes)));
        writing.storageClass().ifPresent(request::storageClass);
        writing.acl().ifPresent(request::acl);
        writing.encryption().ifPresent(request::serverSideEncryption);
        writing.keyId().ifPresent(request::ssekmsKeyId);
        call("COPY " + source + " to " + key, () -> client.copyObject(request.build()));
    }

    void delete(String key) throws IOException {
        call("DELETE " + key, () -> client.deleteObject(request -> request.bucket(name).key(key)));
    }

    /** Deletes objects; those that are not there do no harm. */
    void deleteAll(List<String> keys) throws IOException {
        if (keys.size() <= 1) {
            deleteOneByOne(keys);
            return;
        }
        for (int from = 0; from < keys.size(); from += MOST_AT_ONCE) {
            deleteSome(keys.subList(from, Math.min(keys.size(), from + MOST_AT_ONCE)));
        }
    }

    private void deleteSome(List<String> keys) throws IOException {
        Delete some = Delete.builder()
                .objects(keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList())
                .quiet(true)
                .build();
        try {
            DeleteObjectsResponse answer = call(
                    "DELETE of " + keys.size() + " objects",
                    () -> client.deleteObjects(request -> request.bucket(name).delete(some)));
            if (!answer.errors().isEmpty()) {
                throw new IOException("DELETE of " + answer.errors().get(0).key() + ": the store answered "
                        + answer.errors().get(0).code());
            }
        } catch (IOException e) {
            if (!Failures.isUnknownRequest(e)) {
                throw e;
            }
            deleteOneByOne(keys);
        }
    }

    private void deleteOneByOne(List<String> keys) throws IOException {
        for (String key : keys) {
            delete(key);
        }
    }

    /** Objects whose names begin with {@code prefix}, in the order of names, page by page; throws as the SDK does. */
    Iterable<S3Object> list(String prefix) {
        ListObjectsV2Request request = ListObjectsV2Request.builder().bucket(name).prefix(prefix).build();
        return client.listObjectsV2Paginator(request).contents();
    }

    @Override
    public void close() {
        client.close();
    }
}
