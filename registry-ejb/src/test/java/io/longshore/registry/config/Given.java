package io.longshore.registry.config;

import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is set in a test, and what comes of it. */
final class Given {
    static final String FILE = "/etc/registry/config.yml";

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();

    static Given nothing() {
        return new Given();
    }

    /** The text of the configuration file, and the variable that names it. */
    static Given file(String yaml) {
        Given given = new Given();
        given.files.put(FILE, yaml);
        return given.variable("REGISTRY_CONFIGURATION_PATH", FILE);
    }

    static Given key(String key, String value) {
        return new Given().variable(Key.variable(key), value);
    }

    /** Another file, which the configuration names. */
    Given beside(String path, String text) {
        files.put(path, text);
        return this;
    }

    Given variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Given property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    LoadedConfig load() {
        return ConfigLoader.load(environment, properties, path -> {
            String text = files.get(path.toString());
            if (text == null) {
                throw new NoSuchFileException(path.toString());
            }
            return text;
        });
    }

    RegistryConfig config() {
        return load().config();
    }

    List<String> warnings() {
        return load().warnings();
    }

    /** Empty if it loads. */
    List<String> problems() {
        try {
            load();
            return new ArrayList<>();
        } catch (ConfigException e) {
            return e.problems();
        }
    }
}
