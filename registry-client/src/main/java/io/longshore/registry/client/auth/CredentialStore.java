package io.longshore.registry.client.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A program that keeps logins, such as {@code docker-credential-secretservice}: asked with {@code get} and the host on
 * its standard input, it answers in JSON. Thread-safe.
 */
final class CredentialStore {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final String NOT_FOUND = "credentials not found";
    private static final String TOKEN_USER = "<token>";
    private static final int LONGEST_ANSWER = 1 << 20;
    /** Some ask the user, or a server far away. */
    private static final long PATIENCE_SECONDS = 60;
    /** What it said is to be read before its streams are closed, which whatever it started may hold open. */
    private static final Executor AFTERWARDS = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private static final Executor NOW = Runnable::run;

    private final String program;
    private final long patienceSeconds;

    CredentialStore(String program, long patienceSeconds) {
        this.program = program;
        this.patienceSeconds = patienceSeconds;
    }

    /**
     * The program of this name on the path.
     *
     * @throws IllegalArgumentException if it has more in it than a name
     */
    static CredentialStore named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a store of logins has no such name");
        }
        return new CredentialStore("docker-credential-" + name, PATIENCE_SECONDS);
    }

    /**
     * What it keeps for the host; empty if it says that this is nothing.
     *
     * @throws IOException if it cannot be run, does not end, fails, or says what cannot be understood; without any of
     *     what it said
     */
    Optional<Credentials> credentials(String host) throws IOException {
        Answer answer = run("get", host + '\n');
        if (answer.status() == 0) {
            return read(answer.text());
        }
        if (answer.isNotFound()) {
            return Optional.empty();
        }
        throw failed("asked for a login", answer);
    }

    /** Keeps these for the host. */
    void store(String host, Credentials credentials) throws IOException {
        StringWriter login = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(login)) {
            json.writeStartObject();
            json.writeStringField("ServerURL", host);
            json.writeStringField("Username", credentials.user());
            json.writeStringField("Secret", credentials.secret());
            json.writeEndObject();
        }
        Answer answer = run("store", login.toString());
        if (answer.status() != 0) {
            throw failed("given a login to keep", answer);
        }
    }

    /** Keeps nothing for the host any more. */
    void erase(String host) throws IOException {
        Answer answer = run("erase", host + '\n');
        if (answer.status() != 0 && !answer.isNotFound()) {
            throw failed("told to forget a login", answer);
        }
    }

    private IOException failed(String act, Answer answer) {
        return new IOException(program + " could not be " + act + ": it ended with status " + answer.status());
    }

    /** What a program said before it ended. */
    private record Answer(int status, byte[] text) {
        boolean isNotFound() {
            return new String(text, StandardCharsets.UTF_8).contains(NOT_FOUND);
        }
    }

    private Answer run(String verb, String text) throws IOException {
        Process process = new ProcessBuilder(program, verb).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            process.onExit().orTimeout(patienceSeconds, TimeUnit.SECONDS)
                    .whenComplete((ended, late) -> (late == null ? AFTERWARDS : NOW).execute(() -> kill(process)));
            try (OutputStream input = process.getOutputStream()) {
                input.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It may have an answer without being asked.
            }
            byte[] answer = answer(process.getInputStream());
            return new Answer(process.waitFor(), answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + program + " was asked for a login");
        } finally {
            kill(process);
        }
    }

    /** With what it started, which may hold its output open. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private byte[] answer(InputStream output) throws IOException {
        byte[] answer = output.readNBytes(LONGEST_ANSWER);
        if (answer.length == LONGEST_ANSWER) {
            throw new IOException(program + " could not be asked for a login: its answer is too long");
        }
        return answer;
    }

    private Optional<Credentials> read(byte[] answer) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = JSON.createParser(answer)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, parser.getText());
                    parser.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            fields.clear();
        }
        String user = fields.get("Username");
        String secret = fields.get("Secret");
        if (user == null || secret == null) {
            throw new IOException(program + " could not be asked for a login: its answer cannot be understood");
        }
        return Optional.of(user.equals(TOKEN_USER)
                ? Credentials.identityToken(secret) : Credentials.password(user, secret));
    }
}
