package io.longshore.registry.storage.azure;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * An answer of Azure that is none of success. Holds no more of it than is safe to show: messages of Azure quote from
 * requests.
 */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Instant serverTime;

    /**
     * @param code Azure's word for it, or empty
     * @param serverTime null if it is not known
     */
    RefusedException(int status, String code, Instant serverTime) {
        super("Azure answered " + status + (code.isEmpty() ? "" : " " + code));
        this.status = status;
        this.code = code;
        this.serverTime = serverTime;
    }

    int status() {
        return status;
    }

    boolean says(String wanted) {
        return code.equals(wanted);
    }

    /** The object is not there. A container that is not there is another matter. */
    boolean isMissingObject() {
        return status == 404 && !says("ContainerNotFound") && !says("ContainerBeingDeleted");
    }

    /** The object is not what the request made a condition. */
    boolean isOtherVersion() {
        return status == 412;
    }

    boolean isTransient() {
        return isTransient(status);
    }

    /** Whether the same request may be answered otherwise a little later. */
    static boolean isTransient(int status) {
        return status == 408 || status == 429 || status == 500 || status >= 502 && status <= 504;
    }

    Optional<Instant> serverTime() {
        return Optional.ofNullable(serverTime);
    }
}
