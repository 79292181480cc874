package io.longshore.registry.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the configuration. The strongest source of a key wins: the system property {@code registry.<key>}, then the
 * environment variable {@code REGISTRY_<KEY>} with underscores for dots, then the YAML file that
 * {@code REGISTRY_CONFIGURATION_PATH} names, then the default. Empty variables and properties count as not set.
 */
public final class ConfigLoader {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final int DIGITS = 10;
    private static final String PATH = Keys.CONFIGURATION_PATH.name();

    /** Reads a file as UTF-8. */
    @FunctionalInterface
    public interface FileReader {
        String read(Path file) throws IOException;
    }

    private final Problems problems;
    private final Settings settings;

    private ConfigLoader(Problems problems) {
        this.problems = problems;
        this.settings = new Settings(problems);
    }

    /**
     * The configuration of this process, from its environment and system properties as they are now. Changes nothing,
     * so that whoever loads it next, such as the next deployment on the same server, finds the same.
     *
     * @throws ConfigException as {@link #load}
     */
    public static LoadedConfig loadForThisProcess() {
        Map<String, String> properties = new HashMap<>();
        System.getProperties().stringPropertyNames().forEach(name -> properties.put(name, System.getProperty(name)));
        return load(System.getenv(), properties, Files::readString);
    }

    /**
     * Depends on nothing but its arguments. Variables and properties that do not begin with {@code REGISTRY_} and
     * {@code registry.} are ignored.
     *
     * @param files called for the configuration file, and for the authorities of endpoints
     * @throws ConfigException with everything that is wrong, if anything is
     */
    public static LoadedConfig load(
            Map<String, String> environment, Map<String, String> systemProperties, FileReader files) {
        ConfigLoader loader = new ConfigLoader(new Problems());
        loader.readFile(environment, systemProperties, files);
        loader.assignVariables(environment);
        loader.assignProperties(systemProperties);
        RegistryConfig config = new ConfigReader(loader.settings, loader.problems, files).read();
        loader.problems.throwIfAny();
        return new LoadedConfig(config, loader.problems.warnings());
    }

    /** The file comes first, for it is the weakest source; so what names it is looked up ahead of all else. */
    private void readFile(Map<String, String> environment, Map<String, String> properties, FileReader files) {
        ConfigLoader naming = new ConfigLoader(problems);
        naming.assignVariables(only(Key.variable(PATH), environment));
        naming.assignProperties(only(Key.property(PATH), properties));
        Optional<Source> named = naming.settings.source(Keys.CONFIGURATION_PATH);
        naming.settings.find(Keys.CONFIGURATION_PATH).ifPresent(path -> {
            try {
                Source source = Source.file(path.toString());
                settings.assign(List.of(), YamlReader.read(files.read(path), source, problems));
            } catch (IOException e) {
                problems.add(PATH, named.orElse(Source.DEFAULT), "expected a file in UTF-8 that can be read, not \""
                        + Problems.quoted(path.toString()) + "\" (" + e.getClass().getSimpleName() + ")");
            }
        });
        settings.source(Keys.CONFIGURATION_PATH).ifPresent(source ->
                problems.add(PATH, source, "cannot stand in the file itself; set " + Key.variable(PATH)));
    }

    private static Map<String, String> only(String name, Map<String, String> all) {
        return all.containsKey(name) ? Map.of(name, all.get(name)) : Map.of();
    }

    private void assignVariables(Map<String, String> environment) {
        environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(Key.VARIABLE_PREFIX))
                .filter(variable -> !ServiceVariables.include(variable.getKey(), variable.getValue()))
                .sorted(Comparator.comparing(variable -> sortable(variable.getKey())))
                .forEach(variable -> {
                    String name = variable.getKey().substring(Key.VARIABLE_PREFIX.length());
                    assign(name.toLowerCase(Locale.ROOT).split("_", -1), variable.getValue(),
                            Source.variable(variable.getKey()));
                });
    }

    private void assignProperties(Map<String, String> properties) {
        properties.entrySet().stream()
                .filter(property -> property.getKey().startsWith(Key.PROPERTY_PREFIX))
                .sorted(Comparator.comparing(property -> sortable(property.getKey())))
                .forEach(property -> {
                    String name = property.getKey().substring(Key.PROPERTY_PREFIX.length());
                    assign(name.split("\\.", -1), property.getValue(), Source.property(property.getKey()));
                });
    }

    /** A section comes before what is in it, and item 9 of a list before item 10. */
    private static String sortable(String name) {
        return NUMBER.matcher(name).replaceAll(number -> "0".repeat(Math.max(0, DIGITS - number.group().length()))
                + number.group());
    }

    private void assign(String[] words, String text, Source source) {
        if (!text.isEmpty()) {
            settings.assign(Arrays.asList(words), new Value.Raw(text, source));
        }
    }
}
