package io.longshore.registry.launcher;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs short commands of the operating system to their end. */
final class Command {

    /**
     * How a command ended.
     *
     * @param status its exit status
     * @param output what it wrote on either stream
     */
    record Result(int status, String output) {

        boolean succeeded() {
            return status == 0;
        }
    }

    private final List<String> prefix;

    /** @param prefix a command that runs the commands given to it, such as {@code unshare -U}; empty for none */
    Command(List<String> prefix) {
        this.prefix = List.copyOf(prefix);
    }

    /** A command that is not started yet, its two output streams in one, without variables meant for PostgreSQL. */
    ProcessBuilder prepare(String... words) {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(Arrays.asList(words));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        return builder;
    }

    /** Runs a command with the given standard input; fails only if it cannot be run at all. */
    Result run(String input, String... words) throws IOException {
        Process process = prepare(words).start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading all of its input; its status says the rest.
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), output.strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + words[0] + " ran");
        }
    }

    /** Whether a command can be run and succeeds. */
    boolean works(String... words) {
        try {
            return run("", words).succeeded();
        } catch (IOException e) {
            return false;
        }
    }
}
