package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * What the reader of a part of the configuration makes of what is set.
 *
 * @param value not to be used if there are problems
 */
record Part<T>(T value, List<String> problems, List<String> warnings) {

    /** {@code yaml} is what stands in the file. */
    static <T> Part<T> read(String yaml, BiFunction<Settings, Problems, T> reader) {
        Problems problems = new Problems();
        Settings settings = new Settings(problems);
        settings.assign(List.of(), YamlReader.read(yaml, Source.file(Given.FILE), problems));
        return read(settings, problems, reader);
    }

    /** {@code value} is that of one variable of the environment; there is no file. */
    static <T> Part<T> read(String variable, String value, BiFunction<Settings, Problems, T> reader) {
        Problems problems = new Problems();
        Settings settings = new Settings(problems);
        String name = variable.substring(Key.VARIABLE_PREFIX.length()).toLowerCase(Locale.ROOT);
        settings.assign(Arrays.asList(name.split("_")), new Value.Raw(value, Source.variable(variable)));
        return read(settings, problems, reader);
    }

    private static <T> Part<T> read(Settings settings, Problems problems, BiFunction<Settings, Problems, T> reader) {
        T value = reader.apply(settings, problems);
        try {
            problems.throwIfAny();
            return new Part<>(value, List.of(), problems.warnings());
        } catch (ConfigException e) {
            return new Part<>(value, e.problems(), problems.warnings());
        }
    }

    /** The value of what has neither a problem nor a warning. */
    T faultless() {
        assertThat(problems).isEmpty();
        assertThat(warnings).isEmpty();
        return value;
    }
}
