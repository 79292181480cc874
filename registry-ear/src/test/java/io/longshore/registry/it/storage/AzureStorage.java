package io.longshore.registry.it.storage;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Azurite, installed by the tests of registry-ejb, with all in memory. */
final class AzureStorage implements Storage {
    private static final String ACCOUNT = "longshore";
    private static final String KEY = "bm90IGEgc2VjcmV0LCBidXQgYXMgbG9uZyBhcyBvbmU=";
    private static final Path HOME = Path.of("../registry-ejb/target/azurite");
    private static final Pattern LISTENING = Pattern.compile(".*listens on http://127\\.0\\.0\\.1:([0-9]+).*");

    /** Ends with the process that holds its standard input, even if that is killed. */
    private static final String MAIN = "process.argv.splice(1, 0, 'azurite');"
            + "process.stdin.on('end', () => process.exit()).resume();"
            + "require('./node_modules/azurite/dist/src/blob/main.js')";

    private final URI account;

    private AzureStorage(URI account) {
        this.account = account;
    }

    static AzureStorage start() {
        if (!Files.exists(HOME.resolve("installed"))) {
            String message = "Azurite is not installed: apt-get install npm, and run the tests of registry-ejb";
            if (Boolean.getBoolean("clients.required")) {
                Assertions.fail(message);
            }
            Assumptions.abort(message);
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(
                            "node", "-e", MAIN, "--", "--blobHost", "127.0.0.1", "--blobPort", "0",
                            "--inMemoryPersistence", "--disableTelemetry", "--silent", "--skipApiVersionCheck"))
                    .directory(HOME.toFile());
            builder.environment().put("AZURITE_ACCOUNTS", ACCOUNT + ":" + KEY);
            Process process = builder.redirectError(HOME.resolve("azurite.log").toFile()).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop Azurite"));
            return new AzureStorage(URI.create("http://127.0.0.1:" + port(process) + "/" + ACCOUNT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String port(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.matches()) {
                return listening.group(1);
            }
        }
        throw new IOException("Azurite ended at once");
    }

    @Override
    public int port() {
        return account.getPort();
    }

    @Override
    public Map<String, String> freshAt(int port) {
        String container = "c-" + UUID.randomUUID();
        new BlobServiceClientBuilder()
                .endpoint(account.toString())
                .credential(new StorageSharedKeyCredential(ACCOUNT, KEY))
                .httpClient(new JdkHttpClientBuilder().build())
                .buildClient()
                .createBlobContainer(container);
        return Map.of(
                "REGISTRY_STORAGE_AZURE_ACCOUNTNAME", ACCOUNT,
                "REGISTRY_STORAGE_AZURE_ACCOUNTKEY", KEY,
                "REGISTRY_STORAGE_AZURE_SERVICEURL", "http://127.0.0.1:" + port + account.getPath(),
                "REGISTRY_STORAGE_AZURE_CONTAINER", container);
    }
}
