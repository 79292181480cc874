package io.longshore.registry.client.tool;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What came of a command that was run in the process of the test. */
record ToolRun(int exitCode, byte[] bytes, String err) {
    static ToolRun of(String... arguments) {
        return withInput("", arguments);
    }

    static ToolRun withInput(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Tool tool = new Tool(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8), false);
        int exitCode = tool.run(arguments);
        return new ToolRun(exitCode, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    String out() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    Map<String, Object> json() {
        try {
            return JSON.std.mapFrom(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(out(), e);
        }
    }
}
