package io.longshore.registry.client.tool;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How one image, index or artifact differs from another.
 *
 * @param isSame whether they are the same manifest, byte for byte; then all else is empty, but for what they share
 * @param changes by what they are about: {@code manifest}, {@code config}, {@code env}, {@code labels}, {@code
 *     annotations}, {@code platforms}; only those that there are
 * @param layers what they have in common, and what each has for itself
 */
record ImageDiff(boolean isSame, Map<String, Map<String, Change>> changes, Parts layers) {
    /** A value on either side, if it has one. */
    record Change(Optional<String> from, Optional<String> to) {}

    /** Layers, or the manifests of an index; each digest once. */
    record Parts(List<Descriptor> shared, List<Descriptor> removed, List<Descriptor> added) {
        static Parts of(List<Descriptor> from, List<Descriptor> to) {
            Map<Digest, Descriptor> before = byDigest(from);
            Map<Digest, Descriptor> after = byDigest(to);
            return new Parts(
                    before.values().stream().filter(part -> after.containsKey(part.digest())).toList(),
                    before.values().stream().filter(part -> !after.containsKey(part.digest())).toList(),
                    after.values().stream().filter(part -> !before.containsKey(part.digest())).toList());
        }

        private static Map<Digest, Descriptor> byDigest(List<Descriptor> parts) {
            Map<Digest, Descriptor> byDigest = new LinkedHashMap<>();
            parts.forEach(part -> byDigest.putIfAbsent(part.digest(), part));
            return byDigest;
        }

        static long bytes(List<Descriptor> parts) {
            return parts.stream().mapToLong(Descriptor::sizeBytes).sum();
        }
    }

    static ImageDiff of(Image from, Image to) {
        Map<String, Map<String, Change>> changes = new LinkedHashMap<>();
        put(changes, "manifest", manifest(from), manifest(to));
        put(changes, "config", config(from), config(to));
        put(changes, "env", from.config().map(ImageConfig::env), to.config().map(ImageConfig::env));
        put(changes, "labels", from.config().map(ImageConfig::labels), to.config().map(ImageConfig::labels));
        put(changes, "annotations", from.manifest().annotations(), to.manifest().annotations());
        put(changes, "platforms", platforms(from), platforms(to));
        return new ImageDiff(
                from.raw().digest().equals(to.raw().digest()), changes,
                Parts.of(from.manifest().layers(), to.manifest().layers()));
    }

    private static void put(
            Map<String, Map<String, Change>> changes, String name, Optional<Map<String, String>> from,
            Optional<Map<String, String>> to) {
        put(changes, name, from.orElse(Map.of()), to.orElse(Map.of()));
    }

    private static void put(
            Map<String, Map<String, Change>> changes, String name, Map<String, String> from, Map<String, String> to) {
        Set<String> keys = new LinkedHashSet<>(from.keySet());
        keys.addAll(to.keySet());
        Map<String, Change> found = new LinkedHashMap<>();
        for (String key : keys) {
            Change change = new Change(Optional.ofNullable(from.get(key)), Optional.ofNullable(to.get(key)));
            if (!change.from().equals(change.to())) {
                found.put(key, change);
            }
        }
        if (!found.isEmpty()) {
            changes.put(name, found);
        }
    }

    private static Map<String, String> manifest(Image image) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("mediaType", image.raw().mediaType());
        image.manifest().artifactType().ifPresent(type -> fields.put("artifactType", type));
        image.manifest().config().ifPresent(config -> fields.put("config", config.digest().toString()));
        image.manifest().subject().ifPresent(subject -> fields.put("subject", subject.digest().toString()));
        return fields;
    }

    private static Map<String, String> config(Image image) {
        Map<String, String> fields = new LinkedHashMap<>();
        image.config().ifPresent(config -> {
            fields.put("platform", config.platform().toString());
            config.created().ifPresent(created -> fields.put("created", created));
            config.author().ifPresent(author -> fields.put("author", author));
            config.settings().forEach((name, values) -> fields.put(name, String.join(" ", values)));
        });
        return fields;
    }

    /** The digests of an index, by the platforms; those that have none, or the same as others, by themselves. */
    private static Map<String, String> platforms(Image image) {
        Map<String, String> digests = new LinkedHashMap<>();
        List<Descriptor> others = new ArrayList<>();
        for (Descriptor child : image.manifest().manifests()) {
            Optional<String> name = child.platform().map(ImageDiff::name).filter(key -> !digests.containsKey(key));
            if (name.isPresent()) {
                digests.put(name.get(), child.digest().toString());
            } else {
                others.add(child);
            }
        }
        others.forEach(child -> digests.put(child.digest().toString(), child.digest().toString()));
        return digests;
    }

    private static String name(Platform platform) {
        return platform + (platform.osVersion().isEmpty() ? "" : " " + platform.osVersion());
    }
}
