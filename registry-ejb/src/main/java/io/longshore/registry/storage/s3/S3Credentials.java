package io.longshore.registry.storage.s3;

import java.util.Optional;

/** Keys to the store. Prints none of them. Immutable. */
public record S3Credentials(String accessKey, String secretKey, Optional<String> sessionToken) {

    @Override
    public String toString() {
        return "***";
    }
}
