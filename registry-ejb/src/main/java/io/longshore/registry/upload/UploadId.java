package io.longshore.registry.upload;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import java.util.UUID;

/** Names an upload session, to its client and in the database. */
public record UploadId(UUID value) {

    public static UploadId random() {
        return new UploadId(UUID.randomUUID());
    }

    /**
     * @throws RegistryException.NotFound {@link ErrorCode#BLOB_UPLOAD_UNKNOWN} if it cannot be one of ours
     */
    public static UploadId parse(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            if (uuid.toString().equalsIgnoreCase(text)) {
                return new UploadId(uuid);
            }
        } catch (IllegalArgumentException e) {
            // answered as any other id that is not there
        }
        throw new RegistryException.NotFound(ErrorCode.BLOB_UPLOAD_UNKNOWN, "no such upload", "");
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
