package io.longshore.registry.storage.azure;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Azure Blob service Azurite, on a free port of the loopback interface, with all in memory. */
final class Azurite implements AutoCloseable {
    static final String ACCOUNT = "longshore";
    static final String KEY = "bm90IGEgc2VjcmV0LCBidXQgYXMgbG9uZyBhcyBvbmU=";

    private static final Path SOURCE = Path.of("src/test/azurite");
    private static final Path HOME = Path.of("target/azurite");
    private static final Pattern LISTENING = Pattern.compile(".*listens on (https?)://127\\.0\\.0\\.1:([0-9]+).*");
    private static final int MINUTES_TO_INSTALL = 5;

    /** Ends with the process that holds its standard input, even if that is killed. */
    private static final String MAIN = "process.argv.splice(1, 0, 'azurite');"
            + "process.stdin.on('end', () => process.exit()).resume();"
            + "require('./node_modules/azurite/dist/src/blob/main.js')";

    private final Process process;
    private final URI address;

    private Azurite(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Installs it if need be, and starts it. */
    static Azurite start(String... more) throws IOException, InterruptedException {
        install();
        List<String> command = new ArrayList<>(List.of(
                "node", "-e", MAIN, "--", "--blobHost", "127.0.0.1", "--blobPort", "0", "--inMemoryPersistence",
                "--disableTelemetry", "--silent", "--skipApiVersionCheck"));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).directory(HOME.toFile());
        builder.environment().put("AZURITE_ACCOUNTS", ACCOUNT + ":" + KEY);
        // it asks itself for what it is to copy, and nobody has signed its certificate
        builder.environment().put("NODE_TLS_REJECT_UNAUTHORIZED", "0");
        Process process = builder.redirectError(HOME.resolve("azurite.log").toFile()).start();
        return new Azurite(process, address(process));
    }

    /** From the lock file next to the tests; what was installed from the same one is taken as it is. */
    private static void install() throws IOException, InterruptedException {
        Path lock = HOME.resolve("package-lock.json");
        Path done = HOME.resolve("installed");
        if (Files.exists(done) && Files.mismatch(lock, SOURCE.resolve("package-lock.json")) < 0) {
            return;
        }
        Files.createDirectories(HOME);
        Files.deleteIfExists(done);
        for (String file : List.of("package.json", "package-lock.json", ".npmrc")) {
            Files.write(HOME.resolve(file), Files.readAllBytes(SOURCE.resolve(file)));
        }
        Path log = HOME.resolve("npm.log");
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts")
                .directory(HOME.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!npm.waitFor(MINUTES_TO_INSTALL, TimeUnit.MINUTES)) {
            npm.descendants().forEach(ProcessHandle::destroyForcibly);
            npm.destroyForcibly();
            throw new IOException("npm ci did not end");
        }
        if (npm.exitValue() != 0) {
            throw new IOException("npm ci failed: see registry-ejb/" + log);
        }
        Files.createFile(done);
    }

    private static URI address(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.matches()) {
                return URI.create(listening.group(1) + "://127.0.0.1:" + listening.group(2));
            }
        }
        throw new IOException("Azurite ended at once: see registry-ejb/" + HOME.resolve("azurite.log"));
    }

    int port() {
        return address.getPort();
    }

    URI endpoint() {
        return endpointAt(port());
    }

    /** Where the account is found behind a port that leads here. */
    URI endpointAt(int port) {
        return URI.create(address.getScheme() + "://127.0.0.1:" + port + "/" + ACCOUNT);
    }

    /** Makes an empty container, to look into from the outside. */
    BlobContainerClient newContainer() {
        return newContainer(Connection.httpClient(HttpClient.newBuilder()));
    }

    BlobContainerClient newContainer(com.azure.core.http.HttpClient http) {
        return new BlobServiceClientBuilder()
                .endpoint(endpoint().toString())
                .credential(new StorageSharedKeyCredential(ACCOUNT, KEY))
                .httpClient(http)
                .buildClient()
                .createBlobContainer("c-" + UUID.randomUUID());
    }

    /** A store with other limits than it has outside of tests. */
    static AzureBlobStore open(AzureSettings settings, Limits limits) throws IOException {
        return AzureBlobStore.open(settings, Connection.httpClient(HttpClient.newBuilder()), limits);
    }

    AzureSettings settings(BlobContainerClient container) {
        return settings(container.getBlobContainerName(), endpoint());
    }

    static AzureSettings settings(String container, URI endpoint) {
        return new AzureSettings(
                ACCOUNT, new AzureCredential.SharedKey(KEY), endpoint, container, "", false, 5, Duration.ofMillis(5),
                Duration.ofMinutes(20), Optional.empty());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
