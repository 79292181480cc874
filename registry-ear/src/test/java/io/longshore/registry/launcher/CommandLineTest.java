package io.longshore.registry.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bin/registry} says to arguments. */
@DisabledOnOs(OS.WINDOWS)
class CommandLineTest {

    private static final int WRONG_USAGE = 2;

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void showsItsUsageWhenAsked(String argument) throws IOException {
        Command.Result result = registry(argument);

        assertThat(result.status()).isZero();
        assertThat(result.output()).startsWith("Usage: ").contains("REGISTRY_HTTP_ADDR", "REGISTRY_JAVA_OPTS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "serve", "-?", ""})
    void refusesOtherArguments(String argument) throws IOException {
        Command.Result result = registry(argument);

        assertThat(result.status()).isEqualTo(WRONG_USAGE);
        assertThat(result.output()).contains("\"" + argument + "\"").contains("--help");
    }

    @Test
    void refusesFurtherArguments() throws IOException {
        assertThat(registry("serve", "/etc/registry/config.yml").status()).isEqualTo(WRONG_USAGE);
    }

    private static Command.Result registry(String... arguments) throws IOException {
        Command script = new Command(List.of("sh", "src/main/server/bin/registry"));
        return script.run("", arguments);
    }
}
