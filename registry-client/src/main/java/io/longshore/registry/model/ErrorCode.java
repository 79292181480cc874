package io.longshore.registry.model;

/**
 * What can be wrong, in the words that clients know.
 *
 * <p>OCI distribution-spec, "Error Codes" (code-1 to code-14); those after {@link #TOOMANYREQUESTS} are distribution's
 * own and known to the same clients.
 */
public enum ErrorCode {
    BLOB_UNKNOWN,
    BLOB_UPLOAD_INVALID,
    BLOB_UPLOAD_UNKNOWN,
    DIGEST_INVALID,
    MANIFEST_BLOB_UNKNOWN,
    MANIFEST_INVALID,
    MANIFEST_UNKNOWN,
    NAME_INVALID,
    NAME_UNKNOWN,
    SIZE_INVALID,
    UNAUTHORIZED,
    DENIED,
    UNSUPPORTED,
    TOOMANYREQUESTS,
    TAG_INVALID,
    RANGE_INVALID,
    PAGINATION_NUMBER_INVALID,
    UNAVAILABLE,
    UNKNOWN
}
