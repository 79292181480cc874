package io.longshore.registry.client.tool;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is said of one image. */
final class ImageReport {
    private ImageReport() {}

    static Fields fields(Place place, Image image) {
        Manifest manifest = image.manifest();
        Fields fields = new Fields()
                .with("name", place)
                .with("kind", image.kind())
                .with("digest", image.raw().digest())
                .with("mediaType", image.raw().mediaType())
                .with("sizeBytes", image.raw().sizeBytes())
                .with("contentBytes", image.contentBytes())
                .with("artifactType", manifest.artifactType().filter(type -> !ImageConfig.isOne(type)))
                .with("subject", manifest.subject().map(Descriptions::fields))
                .withUnlessEmpty("annotations", manifest.annotations());
        image.config().ifPresent(config -> add(fields, config));
        if (image.isIndex()) {
            fields.with("manifests", manifest.manifests().stream().map(Descriptions::fields).toList());
        } else {
            fields.with("configDigest", manifest.config().map(Descriptor::digest))
                    .with("layers", manifest.layers().stream().map(Descriptions::fields).toList());
        }
        return fields;
    }

    private static void add(Fields fields, ImageConfig config) {
        Fields settings = new Fields();
        config.settings().forEach((name, values) -> settings.with(name, isText(name) ? values.get(0) : values));
        settings.withUnlessEmpty("env", config.env()).withUnlessEmpty("labels", config.labels());
        fields.with("platform", Descriptions.fields(config.platform()))
                .with("created", config.created())
                .with("author", config.author())
                .with("config", settings)
                .withUnlessEmpty("history", config.history());
    }

    private static boolean isText(String setting) {
        return setting.equals("user") || setting.equals("workingDir") || setting.equals("stopSignal");
    }

    static List<String> lines(Place place, Image image) {
        Manifest manifest = image.manifest();
        List<String> lines = new ArrayList<>();
        line(lines, "Name", place);
        line(lines, "Digest", image.raw().digest());
        line(lines, "Media type", image.raw().mediaType());
        manifest.artifactType().filter(type -> !ImageConfig.isOne(type)).ifPresent(
                type -> line(lines, "Artifact type", type));
        manifest.subject().ifPresent(subject -> line(lines, "Subject", subject.digest()));
        line(lines, "Content", Sizes.text(image.contentBytes()));
        image.config().ifPresent(config -> add(lines, config));
        table(lines, "Annotations", manifest.annotations());
        if (image.isIndex()) {
            descriptors(lines, "Manifests", manifest.manifests());
        } else {
            descriptors(lines, "Layers", manifest.layers());
        }
        return lines;
    }

    private static void add(List<String> lines, ImageConfig config) {
        line(lines, "Platform", config.platform());
        config.created().ifPresent(created -> line(lines, "Created", created));
        config.author().ifPresent(author -> line(lines, "Author", author));
        config.settings().forEach((name, values) -> line(lines, name, isText(name) ? values.get(0) : values));
        table(lines, "Environment", config.env());
        table(lines, "Labels", config.labels());
    }

    private static void line(List<String> lines, String name, Object value) {
        lines.add(String.format("%-14s %s", name + ":", value));
    }

    private static void table(List<String> lines, String name, Map<String, String> entries) {
        if (!entries.isEmpty()) {
            lines.add(name + ":");
            entries.forEach((key, value) -> lines.add("  " + key + "=" + value));
        }
    }

    private static void descriptors(List<String> lines, String name, List<Descriptor> descriptors) {
        lines.add(name + ":");
        for (Descriptor descriptor : descriptors) {
            String platform = descriptor.platform().map(Platform::toString).orElse("");
            lines.add(("  " + descriptor.digest() + "  " + Sizes.text(descriptor.sizeBytes()) + "  "
                    + (platform.isEmpty() ? descriptor.mediaType() : platform)).stripTrailing());
        }
    }
}
