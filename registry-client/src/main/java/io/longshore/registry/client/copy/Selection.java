package io.longshore.registry.client.copy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.Platform;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is left of an index if only some platforms are wanted. */
final class Selection {
    /** BuildKit's word for what an attestation in an index is about: the digest of an image beside it. */
    private static final String ATTESTS = "vnd.docker.reference.digest";

    private static final JsonFactory JSON = new JsonFactory();

    private final ContentSource source;
    private final List<Platform> wanted;

    Selection(ContentSource source, List<Platform> wanted) {
        this.source = source;
        this.wanted = wanted;
    }

    /**
     * The manifest of the only platform, or an index of several with what attests them. Anything but an index, and any
     * index if all platforms are wanted, as it is.
     *
     * @throws RegistryException.NotFound if there is none of these platforms
     */
    RawManifest of(RawManifest root) throws IOException {
        List<Descriptor> children = wanted.isEmpty() ? List.of() : root.parse().manifests();
        if (children.isEmpty()) {
            return root;
        }
        List<Descriptor> images = children.stream().filter(this::isWanted).toList();
        if (images.isEmpty()) {
            throw new RegistryException.NotFound(
                    ErrorCode.MANIFEST_UNKNOWN, "there is no image for these platforms, but for: " + known(children),
                    "");
        }
        if (images.size() == 1 && wanted.size() == 1) {
            return source.manifest(images.get(0));
        }
        Set<Descriptor> chosen = Set.copyOf(images);
        Set<String> digests = images.stream().map(image -> image.digest().toString()).collect(Collectors.toSet());
        Set<Integer> kept = IntStream.range(0, children.size())
                .filter(i -> chosen.contains(children.get(i))
                        || digests.contains(children.get(i).annotations().get(ATTESTS)))
                .boxed()
                .collect(Collectors.toSet());
        return kept.size() == children.size() ? root : rewrite(root, kept);
    }

    private boolean isWanted(Descriptor child) {
        return child.platform().isPresent() && wanted.stream().anyMatch(it -> it.covers(child.platform().get()));
    }

    private static String known(List<Descriptor> children) {
        Set<String> platforms = new TreeSet<>();
        children.forEach(child -> child.platform().map(Platform::toString).ifPresent(platforms::add));
        return platforms.isEmpty() ? "none that it names" : String.join(", ", platforms);
    }

    /** @param kept which entries, by their place */
    private static RawManifest rewrite(RawManifest index, Set<Integer> kept) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonParser parser = JSON.createParser(index.bytes());
                JsonGenerator out = JSON.createGenerator(bytes)) {
            parser.nextToken();
            out.writeStartObject();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean areManifests = parser.currentName().equals("manifests");
                out.writeFieldName(parser.currentName());
                parser.nextToken();
                if (areManifests) {
                    entries(parser, out, kept);
                } else {
                    out.copyCurrentStructure(parser);
                }
            }
            out.writeEndObject();
        }
        return RawManifest.of(index.mediaType(), index.digest().algorithm(), bytes.toByteArray());
    }

    private static void entries(JsonParser parser, JsonGenerator out, Set<Integer> kept) throws IOException {
        out.writeStartArray();
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (kept.contains(i)) {
                out.copyCurrentStructure(parser);
            } else {
                parser.skipChildren();
            }
        }
        out.writeEndArray();
    }
}
