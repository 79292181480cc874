package io.longshore.registry.client.tool;

import io.longshore.registry.client.tool.ImageDiff.Change;
import io.longshore.registry.client.tool.ImageDiff.Parts;
import io.longshore.registry.model.Descriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is said of a difference. */
final class DiffReport {
    private DiffReport() {}

    static Fields fields(Place from, Image before, Place to, Image after, ImageDiff diff) {
        Fields fields = new Fields()
                .with("same", diff.isSame())
                .with("from", side(from, before))
                .with("to", side(to, after));
        diff.changes().forEach((name, changes) -> fields.with(name, changes(changes)));
        Parts layers = diff.layers();
        return fields.with("layers", new Fields()
                .with("shared", layers.shared().stream().map(Descriptions::fields).toList())
                .with("removed", layers.removed().stream().map(Descriptions::fields).toList())
                .with("added", layers.added().stream().map(Descriptions::fields).toList())
                .with("sharedBytes", Parts.bytes(layers.shared()))
                .with("removedBytes", Parts.bytes(layers.removed()))
                .with("addedBytes", Parts.bytes(layers.added())));
    }

    private static Fields side(Place place, Image image) {
        return Descriptions.fields(image.raw().descriptor()).with("name", place).with("kind", image.kind());
    }

    private static Fields changes(Map<String, Change> changes) {
        Fields fields = new Fields();
        changes.forEach((key, change) ->
                fields.with(key, new Fields().with("from", change.from()).with("to", change.to())));
        return fields;
    }

    static List<String> lines(Place from, Image before, Place to, Image after, ImageDiff diff) {
        List<String> lines = new ArrayList<>();
        if (diff.isSame()) {
            lines.add("the same: " + before.raw().digest());
            return lines;
        }
        lines.add("--- " + from + " " + before.raw().digest());
        lines.add("+++ " + to + " " + after.raw().digest());
        diff.changes().forEach((name, changes) -> {
            lines.add(name + ":");
            changes.forEach((key, change) -> {
                change.from().ifPresent(value -> lines.add("- " + key + ": " + value));
                change.to().ifPresent(value -> lines.add("+ " + key + ": " + value));
            });
        });
        Parts layers = diff.layers();
        if (!layers.shared().isEmpty() || !layers.removed().isEmpty() || !layers.added().isEmpty()) {
            lines.add("layers: " + count(layers.shared()) + " shared, " + count(layers.removed()) + " removed, "
                    + count(layers.added()) + " added");
            add(lines, "= ", layers.shared());
            add(lines, "- ", layers.removed());
            add(lines, "+ ", layers.added());
        }
        return lines;
    }

    private static String count(List<Descriptor> layers) {
        return layers.size() + " (" + Sizes.text(Parts.bytes(layers)) + ")";
    }

    private static void add(List<String> lines, String sign, List<Descriptor> layers) {
        layers.forEach(layer -> lines.add(sign + layer.digest() + "  " + Sizes.text(layer.sizeBytes())));
    }
}
