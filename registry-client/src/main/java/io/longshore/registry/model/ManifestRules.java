package io.longshore.registry.model;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What kind of manifest it is, and whether its parts go together. The structure decides, not a list of known media
 * types: new ones are invented all the time, and are stored like the old ones.
 */
final class ManifestRules {
    /** What a media type must be to be that of a manifest. */
    static final String TYPE_GRAMMAR = "the media type of a manifest is written application/subtype (RFC 6838)";

    // The type becomes a response header of bytes that a client chose: never one that a browser would show as a page.
    // RFC 6838, section 4.2, allows 127 characters.
    private static final Pattern MANIFEST_TYPE =
            Pattern.compile("(?i)application/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}+");

    /** Say no more than that something is sent; the last one is what curl sends unless told otherwise. */
    private static final Set<String> GENERIC_TYPES =
            Set.of("*/*", "application/json", MediaTypes.OCTET_STREAM, "application/x-www-form-urlencoded");

    private static final Set<String> SCHEMA1_TYPES =
            Set.of(MediaTypes.DOCKER_SCHEMA1, MediaTypes.DOCKER_SCHEMA1_SIGNED);
    private static final Set<String> IMAGE_TYPES = Set.of(MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST);
    private static final Set<String> INDEX_TYPES = Set.of(MediaTypes.OCI_INDEX, MediaTypes.DOCKER_LIST);
    private static final Set<String> ARTIFACT_TYPES =
            Set.of(MediaTypes.OCI_ARTIFACT_MANIFEST, MediaTypes.ORAS_ARTIFACT_MANIFEST);

    private ManifestRules() {}

    static boolean isManifestType(String mediaType) {
        return MANIFEST_TYPE.matcher(mediaType).matches();
    }

    /**
     * What a request says of the type of its manifest; empty if nothing.
     *
     * @param contentType as in the request, or null
     * @throws RegistryException.Invalid {@link ErrorCode#MANIFEST_INVALID}
     */
    static Optional<String> pushedAs(String contentType) {
        if (contentType == null) {
            return Optional.empty();
        }
        int parameters = contentType.indexOf(';');
        String type = (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip();
        if (type.isEmpty() || isOneOf(GENERIC_TYPES, type)) {
            return Optional.empty();
        }
        if (!isManifestType(type)) {
            throw invalid("the Content-Type is not that of a manifest: " + TYPE_GRAMMAR, type);
        }
        return Optional.of(type);
    }

    /** Whether the layers of manifests of this type stand under {@code blobs}. */
    static boolean hasBlobs(String mediaType) {
        return isOneOf(ARTIFACT_TYPES, mediaType);
    }

    /**
     * The media type under which a manifest is stored.
     *
     * @param pushedAs what the request says
     * @throws RegistryException.Invalid {@link ErrorCode#MANIFEST_INVALID}
     */
    static String mediaType(Optional<String> pushedAs, ManifestReader.Fields fields) {
        Optional<String> own = fields.mediaType();
        if (pushedAs.isPresent() && own.isPresent() && !pushedAs.get().equalsIgnoreCase(own.get())) {
            throw invalid(
                    "the manifest's 'mediaType' and the Content-Type of the request disagree",
                    own.get() + ", " + pushedAs.get());
        }
        Optional<String> type = pushedAs.or(() -> own);
        refuseSchema1(type, fields);
        return type.orElseGet(() -> byStructure(fields));
    }

    private static void refuseSchema1(Optional<String> type, ManifestReader.Fields fields) {
        boolean foreign = type.filter(given -> !isStandard(given)).isPresent();
        boolean numbered = !foreign && fields.schemaVersion().filter(version -> version == 1).isPresent();
        boolean named = type.filter(given -> isOneOf(SCHEMA1_TYPES, given)).isPresent();
        if (named || numbered || fields.hasFsLayers()) {
            throw invalid(
                    "Docker schema 1 manifests are not supported: push with a current client, which sends Docker"
                            + " schema 2 or OCI, or convert the image first",
                    type.orElse(""));
        }
    }

    private static String byStructure(ManifestReader.Fields fields) {
        if (fields.manifests().isPresent()) {
            return MediaTypes.OCI_INDEX;
        }
        if (fields.config().isPresent() || fields.layers().isPresent()) {
            return MediaTypes.OCI_MANIFEST;
        }
        throw invalid(
                "nothing says what kind of manifest this is: it has neither 'mediaType' nor 'config', 'layers' or"
                        + " 'manifests', and the request no Content-Type of a manifest",
                "");
    }

    /**
     * Checks that a manifest has the parts that its type must have, and not those of another.
     *
     * @throws RegistryException.Invalid {@link ErrorCode#MANIFEST_INVALID}
     */
    static void check(String mediaType, ManifestReader.Fields fields) {
        boolean image = fields.config().isPresent() || fields.layers().isPresent();
        if (image && fields.manifests().isPresent()) {
            throw invalid("a manifest has either 'manifests', or 'config' and 'layers', not both", mediaType);
        }
        if (isStandard(mediaType) && fields.schemaVersion().filter(version -> version == 2).isEmpty()) {
            throw invalid("'schemaVersion' must be 2", mediaType);
        }
        if (isOneOf(INDEX_TYPES, mediaType) && fields.manifests().isEmpty()) {
            throw invalid("an index must have 'manifests'", mediaType);
        }
        if (isOneOf(IMAGE_TYPES, mediaType) && fields.config().isEmpty()) {
            throw invalid("an image manifest must have a 'config'", mediaType);
        }
        if (isOneOf(IMAGE_TYPES, mediaType) && fields.layers().isEmpty()) {
            throw invalid("an image manifest must have 'layers', be it an empty array", mediaType);
        }
    }

    private static boolean isStandard(String mediaType) {
        return isOneOf(IMAGE_TYPES, mediaType) || isOneOf(INDEX_TYPES, mediaType);
    }

    /** Media types are compared without regard to case (RFC 2045, section 5.1). */
    private static boolean isOneOf(Set<String> lowerCaseTypes, String mediaType) {
        return lowerCaseTypes.contains(mediaType) || lowerCaseTypes.contains(mediaType.toLowerCase(Locale.ROOT));
    }

    private static RegistryException invalid(String message, String detail) {
        return new RegistryException.Invalid(ErrorCode.MANIFEST_INVALID, message, Quoted.of(detail));
    }
}
