package io.longshore.registry.client.tool;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Platform;
import java.util.List;

/** How content is spoken of in results. */
final class Descriptions {
    private Descriptions() {}

    static Fields fields(ImageName name, Descriptor content) {
        return fields(new Fields().with("name", name), content);
    }

    /** All that a descriptor says. */
    static Fields fields(Descriptor content) {
        return fields(new Fields(), content)
                .with("platform", content.platform().map(Descriptions::fields))
                .with("artifactType", content.artifactType())
                .withUnlessEmpty("urls", content.urls())
                .withUnlessEmpty("annotations", content.annotations());
    }

    private static Fields fields(Fields fields, Descriptor content) {
        return fields.with("digest", content.digest())
                .with("mediaType", content.mediaType())
                .with("sizeBytes", content.sizeBytes());
    }

    static Fields fields(Platform platform) {
        return new Fields()
                .withUnlessEmpty("os", platform.os())
                .withUnlessEmpty("architecture", platform.architecture())
                .withUnlessEmpty("variant", platform.variant())
                .withUnlessEmpty("osVersion", platform.osVersion())
                .withUnlessEmpty("osFeatures", platform.osFeatures());
    }

    static List<String> lines(Descriptor content) {
        return List.of(content.digest() + "  " + content.sizeBytes() + "  " + content.mediaType());
    }
}
