package io.longshore.registry.client.archive;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.model.RegistryException;
import java.util.Optional;

/** Names of images with all that Docker's rules add to them: host, repository and tag. */
final class WholeName {
    private WholeName() {}

    /** Such as {@code docker.io/library/app:latest} for {@code app}; empty for what names no image. */
    static Optional<String> of(String name) {
        try {
            ImageName image = ImageName.parse(name);
            return Optional.of((image.tag().isPresent() ? image : image.with(image.reference())).toString());
        } catch (RegistryException.Invalid e) {
            return Optional.empty();
        }
    }
}
