package io.longshore.registry.storage.s3;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.storage.StageId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Names a multipart upload that was left on the key of a blob as if it were a stage, so that it can be discarded. */
record UploadName(Digest digest, String uploadId) {
    private static final String PREFIX = "multipart/";

    /** Empty if {@code id} is none. */
    static Optional<UploadName> parse(StageId id) {
        String[] words = id.value().split("/", -1);
        if (!id.value().startsWith(PREFIX) || words.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] uploadId = Base64.getUrlDecoder().decode(words[2]);
            return Optional.of(new UploadName(Digest.parse(words[1]), new String(uploadId, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | RegistryException e) {
            return Optional.empty();
        }
    }

    StageId id() {
        byte[] bytes = uploadId.getBytes(StandardCharsets.UTF_8);
        return new StageId(PREFIX + digest + "/" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
