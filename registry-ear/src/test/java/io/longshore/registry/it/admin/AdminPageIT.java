package io.longshore.registry.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longshore.registry.it.RegistryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of {@code docs/admin-api.md} in their order, and compares what they print with the page. */
class AdminPageIT {
    private static final Path PAGE = Path.of("../docs/admin-api.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("(?m)^```sh\n(.*?)^```\n(?:```json\n(.*?)^```\n)?", Pattern.DOTALL);
    /** What is another each time: times, secrets, and the ids of tokens and rows. */
    private static final Pattern VOLATILE = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z|ls[rp]_[0-9A-Za-z]{61}|(?<=\"id\":)(\"\\w+\"|\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path home;

    private record Example(String command, String output) {}

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            examples.add(new Example(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2)));
        }
        return examples;
    }

    @Test
    void everyCommandPrintsWhatThePageShows() throws Exception {
        List<Example> examples = examples();
        assertThat(examples).hasSizeGreaterThan(10);
        try (RegistryServer server = RegistryServer.start(Map.of("REGISTRY_AUTH_USERS_ENABLED", "true"))) {
            for (Example example : examples) {
                String printed = run(example.command(), server);
                if (example.output().isEmpty()) {
                    assertThat(printed).as(example.command()).isEmpty();
                } else {
                    assertThat(normal(printed)).as(example.command()).isEqualTo(normal(example.output()));
                }
            }
        }
    }

    /** In a home of its own, beside the folder of the data. */
    private String run(String command, RegistryServer server) throws IOException, InterruptedException {
        String real = command
                .replace("localhost:5000", "localhost:" + server.uri().getPort())
                .replace("registry-data", server.data().toString());
        ProcessBuilder builder = new ProcessBuilder("sh", "-ec", real).redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s\n%s", command, printed).isZero();
        return printed;
    }

    private static String normal(String json) throws IOException {
        JsonNode tree = JSON.readTree(json);
        return VOLATILE.matcher(tree.toString()).replaceAll("…");
    }
}
