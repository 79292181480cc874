package io.longshore.registry.storage.s3;

import io.longshore.registry.storage.object.Spool;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A multipart upload on the key of a blob. Parts may be sent by several threads at once. */
final class Multipart {
    /** The most parts that S3 takes. */
    static final int MOST_PARTS = 10_000;

    private static final Logger LOG = System.getLogger(Multipart.class.getName());

    private final Bucket bucket;
    private final String key;
    private final String uploadId;
    private final ConcurrentNavigableMap<Integer, CompletedPart> parts = new ConcurrentSkipListMap<>();

    private Multipart(Bucket bucket, String key, String uploadId) {
        this.bucket = bucket;
        this.key = key;
        this.uploadId = uploadId;
    }

    static Multipart begin(Bucket bucket, String key) throws IOException {
        S3Settings.Writing writing = bucket.writing();
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(key)
                .contentType("application/octet-stream");
        writing.storageClass().ifPresent(request::storageClass);
        writing.acl().ifPresent(request::acl);
        writing.encryption().ifPresent(request::serverSideEncryption);
        writing.keyId().ifPresent(request::ssekmsKeyId);
        String uploadId = bucket.call(
                        "beginning of a multipart upload of " + key,
                        () -> bucket.client().createMultipartUpload(request.build()))
                .uploadId();
        return new Multipart(bucket, key, uploadId);
    }

    /** Sends a part; the number counts from 1. */
    void upload(int number, Spool bytes) throws IOException {
        UploadPartRequest request = UploadPartRequest.builder()
                .bucket(bucket.name())
                .key(key)
                .uploadId(uploadId)
                .partNumber(number)
                .overrideConfiguration(bucket.within(bucket.patience().transferOf(bytes.sizeBytes())))
                .build();
        UploadPartResponse answer = bucket.call(
                "PUT of part " + number + " of " + key,
                () -> bucket.client().uploadPart(request, Bucket.body(bytes)));
        parts.put(number, part(number, answer));
    }

    /**
     * Lets the store take the first {@code sizeBytes} of an object as a part.
     *
     * @return whether it has; some stores do not know how, and some of these take nothing and say so only between the
     *     lines
     * @throws NoObjectException if there is no such object
     */
    boolean copy(int number, String source, long sizeBytes) throws IOException {
        try {
            CopyPartResult answer = bucket.call("COPY " + source + " to part " + number + " of " + key, () -> bucket
                    .client()
                    .uploadPartCopy(request -> request.sourceBucket(bucket.name())
                            .sourceKey(source)
                            .copySourceRange("bytes=0-" + (sizeBytes - 1))
                            .destinationBucket(bucket.name())
                            .destinationKey(key)
                            .uploadId(uploadId)
                            .partNumber(number)
                            .overrideConfiguration(bucket.within(bucket.patience().transferOf(sizeBytes))))
                    .copyPartResult());
            if (answer == null || answer.eTag() == null) {
                return false;
            }
            parts.put(number, part(number, answer));
            return true;
        } catch (IOException e) {
            if (Failures.isUnknownRequest(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Makes the parts one object of {@code sizeBytes}. */
    void complete(long sizeBytes) throws IOException {
        List<CompletedPart> all = List.copyOf(parts.values());
        S3Client client = bucket.client();
        try {
            bucket.call("completion of " + key, () -> client.completeMultipartUpload(request -> request
                    .bucket(bucket.name())
                    .key(key)
                    .uploadId(uploadId)
                    .multipartUpload(upload -> upload.parts(all))
                    .overrideConfiguration(bucket.within(bucket.patience().completion()))));
        } catch (NoObjectException e) {
            // the answer to an attempt that succeeded may have been lost
            if (Bucket.sizeOf(key, bucket.head(key).contentLength()) != sizeBytes) {
                throw e;
            }
        }
    }

    /** Gives the parts up, if the store can be reached; if not, they are found again among what was left. */
    void abort() {
        try {
            abort(bucket, key, uploadId);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the parts of {0} stay behind: {1}", key, e.getMessage());
        }
    }

    /** Gives the parts of any multipart upload up; nothing happens if there is none. */
    static void abort(Bucket bucket, String key, String uploadId) throws IOException {
        try {
            bucket.call("end of a multipart upload of " + key, () -> bucket.client().abortMultipartUpload(
                    request -> request.bucket(bucket.name()).key(key).uploadId(uploadId)));
        } catch (NoObjectException e) {
            LOG.log(Level.DEBUG, "no multipart upload of {0} to give up", key);
        }
    }

    /** With whatever checksums the store gave: one that wants any wants them back. */
    private static CompletedPart part(int number, UploadPartResponse answer) {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(answer.eTag())
                .checksumCRC32(answer.checksumCRC32())
                .checksumCRC32C(answer.checksumCRC32C())
                .checksumCRC64NVME(answer.checksumCRC64NVME())
                .checksumSHA1(answer.checksumSHA1())
                .checksumSHA256(answer.checksumSHA256())
                .build();
    }

    private static CompletedPart part(int number, CopyPartResult answer) {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(answer.eTag())
                .checksumCRC32(answer.checksumCRC32())
                .checksumCRC32C(answer.checksumCRC32C())
                .checksumCRC64NVME(answer.checksumCRC64NVME())
                .checksumSHA1(answer.checksumSHA1())
                .checksumSHA256(answer.checksumSHA256())
                .build();
    }
}
