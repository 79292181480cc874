package io.longshore.registry.storage.s3;

import io.longshore.registry.storage.StorageFullException;
import io.longshore.registry.storage.StorageUnavailableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says what the SDK threw in the words of the driver interface. The messages hold no keys and no signatures. */
final class Failures {
    private static final Set<String> FULL = Set.of("QuotaExceeded", "XMinioStorageFull", "InsufficientStorage");
    private static final Set<String> PASSING =
            Set.of("SlowDown", "Throttling", "ThrottlingException", "RequestTimeout", "NoSuchBucket");
    private static final Set<Integer> PASSING_STATUS = Set.of(408, 429, 500, 502, 503, 504);
    /** Of these, some come with status 400. */
    static final Set<String> KEYS = Set.of(
            "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "TokenRefreshRequired");
    /** An object that was put away: no right helps, and neither does waiting. */
    private static final String ARCHIVED = "InvalidObjectState";
    private static final int NOT_FOUND = 404;
    private static final int MOST_WORDS = 300;

    private Failures() {}

    static IOException of(String what, SdkException failure) {
        if (failure instanceof AbortedException) {
            InterruptedIOException interrupted = new InterruptedIOException(what + " was interrupted");
            interrupted.initCause(failure);
            return interrupted;
        }
        return failure instanceof AwsServiceException refusal
                ? refused(what, refusal)
                : new StorageUnavailableException(what + ": the store cannot be reached", failure);
    }

    private static IOException refused(String what, AwsServiceException refusal) {
        String message = what + ": the store answered " + answer(refusal);
        String code = code(refusal);
        if (refusal.statusCode() == 507 || FULL.contains(code)) {
            return new StorageFullException(message, refusal);
        }
        if (isAboutRights(refusal)) {
            return new StorageUnavailableException(message + said(refusal), refusal);
        }
        if (PASSING.contains(code) || PASSING_STATUS.contains(refusal.statusCode())) {
            return new StorageUnavailableException(message, refusal);
        }
        if (refusal.statusCode() == NOT_FOUND && code.isEmpty()) {
            return new StorageUnavailableException(message + ", which is not an answer of S3", refusal);
        }
        return isMissing(refusal) ? new NoObjectException(message, refusal) : new IOException(message, refusal);
    }

    /** Keys that ended, or rights that were taken away: an operator gives them back, and the client waits. */
    private static boolean isAboutRights(AwsServiceException refusal) {
        boolean refused = refusal.statusCode() == 401 || refusal.statusCode() == 403;
        return KEYS.contains(code(refusal)) || refused && !code(refusal).equals(ARCHIVED);
    }

    /** In the words of the store, of which an operator learns whose right is missing; one line, and a short one. */
    private static String said(AwsServiceException refusal) {
        String words = refusal.awsErrorDetails() == null ? null : refusal.awsErrorDetails().errorMessage();
        if (words == null || words.isBlank()) {
            return "";
        }
        String line = words.replaceAll("[\\p{Cntrl}\\s]+", " ").trim();
        return ": " + line.substring(0, Math.min(line.length(), MOST_WORDS));
    }

    private static boolean isMissing(AwsServiceException refusal) {
        return refusal.statusCode() == NOT_FOUND || refusal.statusCode() == 412;
    }

    /** Whether the store does not know such a request at all. */
    static boolean isUnknownRequest(IOException failure) {
        return failure.getCause() instanceof AwsServiceException refusal
                && (refusal.statusCode() == 501
                        || refusal.statusCode() == 405
                        || code(refusal).equals("NotImplemented"));
    }

    static int status(IOException failure) {
        return failure.getCause() instanceof AwsServiceException refusal ? refusal.statusCode() : 0;
    }

    /** As S3 names it, or empty. */
    static String code(IOException failure) {
        return failure.getCause() instanceof AwsServiceException refusal ? code(refusal) : "";
    }

    private static String code(AwsServiceException refusal) {
        boolean said = refusal.awsErrorDetails() != null && refusal.awsErrorDetails().errorCode() != null;
        return said ? refusal.awsErrorDetails().errorCode() : "";
    }

    private static String answer(AwsServiceException refusal) {
        String request = refusal.requestId() == null ? "" : " (request " + refusal.requestId() + ")";
        return (refusal.statusCode() + " " + code(refusal)).trim() + request;
    }
}
