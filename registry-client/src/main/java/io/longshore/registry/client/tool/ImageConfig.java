package io.longshore.registry.client.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.jr.ob.JSON;
import io.longshore.registry.model.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an image runs with. What is missing, or not as it should be, is empty.
 *
 * <p>OCI image-spec, Image Configuration; Docker's has the same fields.
 *
 * @param created in the words of the config
 * @param settings the texts and lists of its {@code config}, each as a list, by the names of the tool's JSON
 * @param env in its order, the value of a name that comes twice being the last
 */
record ImageConfig(
        Platform platform,
        Optional<String> created,
        Optional<String> author,
        Map<String, List<String>> settings,
        Map<String, String> env,
        Map<String, String> labels,
        List<String> history) {
    private static final Set<String> TYPES = Set.of(
            "application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json");

    /** Names in configs, and here. */
    private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

    static {
        SETTINGS.put("User", "user");
        SETTINGS.put("WorkingDir", "workingDir");
        SETTINGS.put("Entrypoint", "entrypoint");
        SETTINGS.put("Cmd", "cmd");
        SETTINGS.put("ExposedPorts", "exposedPorts");
        SETTINGS.put("Volumes", "volumes");
        SETTINGS.put("StopSignal", "stopSignal");
    }

    /** Whether this is the media type of a config of images. */
    static boolean isOne(String mediaType) {
        return TYPES.contains(mediaType);
    }

    /** @throws IOException if it is no JSON object */
    static ImageConfig parse(byte[] bytes) throws IOException {
        Map<String, Object> all;
        try {
            all = JSON.std.mapFrom(bytes);
        } catch (JsonProcessingException e) {
            throw new IOException("the config of the image is no JSON object: " + e.getOriginalMessage(), e);
        }
        if (all == null) {
            throw new IOException("the config of the image is no JSON object");
        }
        Map<?, ?> config = all.get("config") instanceof Map<?, ?> map ? map : Map.of();
        Map<String, List<String>> settings = new LinkedHashMap<>();
        SETTINGS.forEach((theirs, ours) -> {
            List<String> texts = texts(config.get(theirs));
            if (!texts.isEmpty()) {
                settings.put(ours, texts);
            }
        });
        return new ImageConfig(
                platform(all), text(all, "created"), text(all, "author"), settings, env(config.get("Env")),
                labels(config.get("Labels")), history(all.get("history")));
    }

    private static Platform platform(Map<String, Object> all) {
        return new Platform(
                text(all, "os").orElse(""), text(all, "architecture").orElse(""), text(all, "os.version").orElse(""),
                texts(all.get("os.features")), text(all, "variant").orElse(""));
    }

    private static Optional<String> text(Map<?, ?> map, String name) {
        return map.get(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** A text, those of a list, or the names of an object. */
    private static List<String> texts(Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof String text && !text.isEmpty()) {
            texts.add(text);
        } else if (value instanceof List<?> list) {
            list.forEach(item -> texts.add(String.valueOf(item)));
        } else if (value instanceof Map<?, ?> map) {
            map.keySet().forEach(key -> texts.add(key.toString()));
        }
        return texts;
    }

    private static Map<String, String> env(Object value) {
        Map<String, String> env = new LinkedHashMap<>();
        for (String entry : texts(value)) {
            int equals = entry.indexOf('=');
            env.put(equals < 0 ? entry : entry.substring(0, equals), equals < 0 ? "" : entry.substring(equals + 1));
        }
        return env;
    }

    private static Map<String, String> labels(Object value) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, label) -> labels.put(key.toString(), String.valueOf(label)));
        }
        return labels;
    }

    private static List<String> history(Object value) {
        List<String> steps = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object step : list) {
                steps.add(step instanceof Map<?, ?> map ? text(map, "created_by").orElse("") : "");
            }
        }
        return steps;
    }
}
