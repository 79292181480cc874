package io.longshore.registry.model;

import java.io.IOException;
import java.util.List;

/** Reads what a descriptor says that its content runs on. Words are taken as they are. */
final class PlatformReader {
    private final StrictJson json;
    private String os = "";
    private String architecture = "";
    private String osVersion = "";
    private List<String> osFeatures = List.of();
    private String variant = "";

    private PlatformReader(StrictJson json) {
        this.json = json;
    }

    /**
     * @throws RegistryException.Invalid {@link ErrorCode#MANIFEST_INVALID}
     */
    static Platform read(StrictJson json) throws IOException {
        PlatformReader reader = new PlatformReader(json);
        json.object(reader::field);
        return new Platform(reader.os, reader.architecture, reader.osVersion, reader.osFeatures, reader.variant);
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "os" -> os = word();
            case "architecture" -> architecture = word();
            case "os.version" -> osVersion = word();
            case "os.features" -> osFeatures = json.array(json::string);
            case "variant" -> variant = word();
            default -> json.skip();
        }
    }

    private String word() throws IOException {
        return json.optional(json::string).orElse("");
    }
}
