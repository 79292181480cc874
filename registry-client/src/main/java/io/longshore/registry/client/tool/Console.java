package io.longshore.registry.client.tool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where a command prints: its result to standard output, all else to standard error. What comes from a registry cannot
 * steer the terminal. Thread-safe.
 */
final class Console {
    /** After how many lines it is looked whether anybody still reads them. */
    private static final int GLANCE = 256;

    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().characterEscapes(new HarmlessText.Escapes()).build();
    private static final JSON WRITER = JSON.builder(FACTORY).build();

    private final PrintStream out;
    private final PrintStream err;
    private final boolean isTerminal;
    private final OutputOptions options;

    /** @param isTerminal whether lines of {@code err} can be written anew */
    Console(PrintStream out, PrintStream err, boolean isTerminal, OutputOptions options) {
        this.out = out;
        this.err = err;
        this.isTerminal = isTerminal;
        this.options = options;
    }

    boolean isJson() {
        return options.isJson();
    }

    /** Prints the result: the fields or the lines, whichever is asked for. */
    void result(Fields fields, List<String> lines) throws IOException {
        if (isJson()) {
            out.println(WRITER.asString(fields.map()));
        } else {
            lines.forEach(line -> out.println(HarmlessText.line(line)));
        }
        out.flush();
    }

    /**
     * Prints a list of any length while it comes: item by item on lines, or in a field of a JSON object. Ends early if
     * nobody reads on.
     *
     * @param fields of the object, beside the list
     */
    void list(Fields fields, String name, Stream<?> items) throws IOException {
        if (isJson()) {
            jsonList(fields, name, items.iterator());
        } else {
            forEach(items.iterator(), item -> out.println(HarmlessText.line(item.toString())));
        }
        out.flush();
    }

    private void jsonList(Fields fields, String name, Iterator<?> items) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            json.writeStartObject();
            for (var field : fields.map().entrySet()) {
                json.writeStringField(field.getKey(), field.getValue().toString());
            }
            json.writeArrayFieldStart(name);
            while (items.hasNext()) {
                json.writeString(items.next().toString());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.println();
    }

    private <T> void forEach(Iterator<T> items, Consumer<T> action) {
        for (int count = 1; items.hasNext(); count++) {
            action.accept(items.next());
            if (count % GLANCE == 0 && out.checkError()) {
                return;
            }
        }
    }

    /** For bytes that are the result themselves; not to be closed. */
    OutputStream bytes() {
        return out;
    }

    /** Tells what is going on, unless that is not wanted. */
    void note(String text) {
        if (!options.isQuiet()) {
            err.println(HarmlessText.line(text));
        }
    }

    /** Shows how something goes that takes its time. */
    Progress progress() {
        Progress.Style seen = isTerminal ? Progress.Style.BARS : Progress.Style.LINES;
        return new Progress(err, options.isQuiet() ? Progress.Style.NONE : seen, System::nanoTime);
    }

    /** Tells why it does not go on. */
    void error(int exitCode, String message) {
        out.flush();
        if (isJson()) {
            err.println(errorJson(exitCode, message));
        } else {
            err.println("longshore: " + HarmlessText.line(message));
        }
    }

    private static String errorJson(int exitCode, String message) {
        Fields error = new Fields().with("exitCode", exitCode).with("message", message);
        try {
            return WRITER.asString(new Fields().with("error", error).map());
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
    }

    void trace(Throwable thrown) {
        if (options.isDebug()) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            err.print(HarmlessText.lines(trace.toString()));
        }
    }
}
