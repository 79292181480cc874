package io.longshore.registry.client.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.client.http.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page says all that there is, and nothing else. */
class LongshorePageTest {
    private static final Path PAGE = Path.of("../docs/longshore.md");
    private static final CommandLine TOOL = new Tool(
                    new ByteArrayInputStream(new byte[0]), new PrintStream(OutputStream.nullOutputStream()),
                    new PrintStream(OutputStream.nullOutputStream()), false)
            .commandLine();

    @TempDir
    private Path folder;

    static Stream<CommandSpec> commands() {
        return all(TOOL).filter(command -> command.parent() != null);
    }

    private static Stream<CommandSpec> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec()),
                command.getSubcommands().values().stream().flatMap(LongshorePageTest::all));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void saysWhatACommandTakes(CommandSpec command) throws IOException {
        String section = section("### " + command.qualifiedName());

        for (OptionSpec option : command.options()) {
            if (!option.inherited()) {
                assertThat(section).contains("`" + written(option));
            }
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            String label = parameter.paramLabel().replace("BLOB", "NAME@DIGEST");
            assertThat(section).containsPattern("`" + command.qualifiedName() + "[^`]*\\Q" + label + "\\E");
        }
        assertThat(section.lines().filter(line -> line.startsWith("| `--")))
                .hasSize((int) command.options().stream().filter(option -> !option.inherited()).count());
    }

    @Test
    void saysWhatAllCommandsTake() throws IOException {
        String section = section("## Options of all commands");

        for (OptionSpec option : TOOL.getCommandSpec().options()) {
            assertThat(section).contains("`" + written(option));
        }
    }

    private static String written(OptionSpec option) {
        String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        return option.longestName() + label + "`";
    }

    @Test
    void namesNoCommandThatIsNotThere() throws IOException {
        assertThat(Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("### ")))
                .containsExactlyInAnyOrderElementsOf(
                        commands().map(command -> "### " + command.qualifiedName()).toList());
    }

    @Test
    void saysWhatTheExitCodesMean() throws Exception {
        String section = section("## Exit codes");
        for (Field code : ExitCode.class.getDeclaredFields()) {
            assertThat(section).as(code.getName()).contains("| " + code.getInt(null) + " | ");
        }
    }

    @Test
    void namesEveryFieldOfTheJson() throws IOException {
        TestLayout layout = new TestLayout(folder.resolve("layout"));
        layout.named("1", layout.image(
                        "amd64", "{\"User\":\"a\",\"Env\":[\"A=1\"],\"Labels\":{\"l\":\"1\"}}", layout.layer(1, 10)))
                .named("2", layout.image("amd64", "{\"User\":\"b\",\"Env\":[\"A=2\"]}", layout.layer(2, 10)))
                .named("all", layout.index(List.of("linux/amd64"), layout.image("amd64", "{}")));
        String file = Files.writeString(folder.resolve("file"), "content").toString();
        String image = layout.place("1");
        documented("longshore inspect", ToolRun.of("inspect", image, "--json"));
        documented("longshore inspect", ToolRun.of("inspect", layout.place("all"), "--json"));
        documented("longshore diff", ToolRun.of("diff", image, layout.place("2"), "--json"));
        documented("longshore copy", ToolRun.of("copy", image, layout.place("3"), "--json"));
        documented("longshore push", ToolRun.of("push", layout.place("a"), file, "--json"));
        documented("longshore pull", ToolRun.of("pull", layout.place("a"), folder.resolve("out").toString(), "--json"));
        documented("longshore attach", ToolRun.of("attach", image, file, "--artifact-type=text/x", "--json"));
        documented("longshore referrers", ToolRun.of("referrers", image, "--json"));
    }

    @Test
    void namesEveryFieldOfTheJsonOfRegistries() throws IOException {
        try (TestServer server = new TestServer()) {
            String name = server.authority() + "/a";
            server.then(
                    TestServer.body(200, "{\"repositories\":[]}"), TestServer.body(200, "{\"tags\":[]}"),
                    TestServer.status(202), TestServer.body(200, "{}").with("Content-Type", "application/x+json"),
                    TestServer.status(200).with("Content-Length", "1"));
            documented("longshore ls", ToolRun.of("ls", server.authority(), "--json"));
            documented("longshore tags", ToolRun.of("tags", name, "--json"));
            documented("longshore delete", ToolRun.of("delete", name + ":1", "--json"));
            documented("longshore manifest get", ToolRun.of("manifest", "get", name + ":1", "--json"));
            documented(
                    "longshore blob head",
                    ToolRun.of("blob", "head", name + "@sha256:" + "0".repeat(64), "--json"));
        }
    }

    private static void documented(String command, ToolRun run) throws IOException {
        String text = section("### " + command);
        if (text.contains("as that of `push`") || text.contains("as in `push`")) {
            text += section("### longshore push");
        }
        assertThat(run.exitCode()).as(run.err()).isIn(ExitCode.DONE, ExitCode.DIFFERENT);
        assertThat(run.json()).isNotEmpty();
        for (String field : run.json().keySet()) {
            assertThat(text).contains("`" + field + "`");
        }
    }

    /** From its heading to the next of the same or a higher level. */
    private static String section(String heading) throws IOException {
        String level = heading.substring(0, heading.indexOf(' ') + 1);
        StringBuilder section = new StringBuilder();
        boolean isInside = false;
        for (String line : Files.readString(PAGE, StandardCharsets.UTF_8).split("\n")) {
            if (line.startsWith("## ") || line.startsWith(level)) {
                isInside = line.equals(heading);
            }
            if (isInside) {
                section.append(line).append('\n');
            }
        }
        assertThat(section).as("there is a section %s", heading).isNotEmpty();
        return section.toString();
    }
}
