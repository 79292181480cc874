package io.longshore.registry.replication;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.longshore.registry.client.copy.ContentSource;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Of the tags of a repository, those that are selected; the newest by their versions if these are asked for, and else
 * by when their images say that they were made.
 */
final class Newest {
    private static final String CREATED = "org.opencontainers.image.created";
    /** More than configs have; who writes more is not read to the end. */
    private static final int MOST_BYTES = 4 << 20;
    private static final int DEEPEST = 4;
    private static final JsonFactory JSON = new JsonFactory();

    private final ContentSource source;

    Newest(ContentSource source) {
        this.source = source;
    }

    /** In the order of {@code tags}, or the newest first. */
    List<Tag> of(List<Tag> tags, Selection selection) throws IOException {
        List<Tag> named = tags.stream().filter(selection::includes).toList();
        if (selection.newest().isEmpty() || named.size() <= selection.newest().getAsInt()) {
            return named;
        }
        Comparator<Tag> order = selection.versions().isPresent() ? VersionRange.NEWEST_FIRST : byTime(named);
        return named.stream().sorted(order).limit(selection.newest().getAsInt()).toList();
    }

    private Comparator<Tag> byTime(List<Tag> tags) throws IOException {
        Map<Tag, Instant> times = new HashMap<>();
        for (Tag tag : tags) {
            times.put(tag, created(source.manifest(tag.value()).parse(), 0));
        }
        return Comparator.<Tag, Instant>comparing(times::get).reversed().thenComparing(Tag::value);
    }

    /** Of an index, its first image. What says nothing is as old as can be. */
    private Instant created(Manifest manifest, int depth) throws IOException {
        Optional<Instant> annotated = Optional.ofNullable(manifest.annotations().get(CREATED)).flatMap(Newest::time);
        if (annotated.isPresent()) {
            return annotated.get();
        }
        Optional<Descriptor> child = manifest.manifests().stream()
                .filter(one -> MediaTypes.isManifest(one.mediaType()))
                .findFirst();
        if (child.isPresent() && depth < DEEPEST) {
            return created(source.manifest(child.get()).parse(), depth + 1);
        }
        Optional<Descriptor> config = manifest.config().filter(one -> one.sizeBytes() <= MOST_BYTES);
        return config.isPresent() ? created(config.get()) : Instant.EPOCH;
    }

    private Instant created(Descriptor config) throws IOException {
        byte[] bytes;
        try (InputStream stream = source.blob(config)) {
            bytes = stream.readNBytes(MOST_BYTES);
        }
        try (JsonParser json = JSON.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Instant.EPOCH;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isIt = json.currentName().equals("created");
                if (json.nextToken() == JsonToken.VALUE_STRING && isIt) {
                    return time(json.getText()).orElse(Instant.EPOCH);
                }
                json.skipChildren();
            }
        } catch (IOException e) {
            // No JSON: an artifact may have anything as its config.
            return Instant.EPOCH;
        }
        return Instant.EPOCH;
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
