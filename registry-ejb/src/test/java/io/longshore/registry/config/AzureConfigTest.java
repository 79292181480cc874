package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureConfigTest {
    private static final String SMALLEST = """
            storage:
              azure:
                accountname: images
                accountkey: aHVudGVyMg==
                container: registry
            """;

    /** What is not the default of each key, some of which do not go together with one of another way. */
    private static final Map<String, String> OTHER = Map.ofEntries(
            Map.entry("storage.azure.accountname", "others"),
            Map.entry("storage.azure.accountkey", "b3RoZXI="),
            Map.entry("storage.azure.credentials.type", "default_credentials"),
            Map.entry("storage.azure.credentials.tenantid", "tenant"),
            Map.entry("storage.azure.credentials.clientid", "client"),
            Map.entry("storage.azure.credentials.secret", "hunter2"),
            Map.entry("storage.azure.container", "other"),
            Map.entry("storage.azure.rootdirectory", "/some/where"),
            Map.entry("storage.azure.legacyrootprefix", "true"),
            Map.entry("storage.azure.realm", "core.chinacloudapi.cn"),
            Map.entry("storage.azure.serviceurl", "http://127.0.0.1:10000/images"),
            Map.entry("storage.azure.redirectendpoint", "https://blobs.example.com"),
            Map.entry("storage.azure.max_retries", "0"),
            Map.entry("storage.azure.retry_delay", "1s"),
            Map.entry("storage.azure.redirectexpiry", "1h"));

    static Set<String> keys() {
        return OTHER.keySet();
    }

    private static StorageConfig.Azure read(Given given) {
        return (StorageConfig.Azure) given.config().storage().driver();
    }

    @Test
    void hasDefaults() {
        assertThat(read(Given.file(SMALLEST))).isEqualTo(new StorageConfig.Azure(
                "images", StorageConfig.AzureCredentials.SHARED_KEY, Optional.of(Secret.of("aHVudGVyMg==")),
                Optional.empty(), Optional.empty(), Optional.empty(),
                URI.create("https://images.blob.core.windows.net"), Optional.empty(), "registry", "", false, 5,
                Duration.ofMillis(100), Duration.ofMinutes(20)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyChangesTheConfiguration(String key) {
        Given given = Given.file(SMALLEST).variable(Key.variable(key), OTHER.get(key));

        assertThat(read(given)).isNotEqualTo(read(Given.file(SMALLEST)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyIsTakenFromTheFileAsFromVariables(String key) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put(key.substring("storage.azure.".length()), OTHER.get(key));
        String name = words.keySet().iterator().next();
        String entry = name.startsWith("credentials.")
                ? "    credentials: {" + name.substring("credentials.".length()) + ": '" + OTHER.get(key) + "'}\n"
                : "    " + name + ": '" + OTHER.get(key) + "'\n";
        String rest = SMALLEST.replaceFirst("    " + name + ": .*\n", "");

        assertThat(read(Given.file(rest + entry)))
                .isEqualTo(read(Given.file(SMALLEST).variable(Key.variable(key), OTHER.get(key))));
    }

    @Test
    void takesTheSecretOfAnApplication() {
        StorageConfig.Azure azure = read(Given.file("""
                storage:
                  azure:
                    accountname: images
                    container: registry
                    credentials:
                      type: client_secret
                      tenantid: tenant
                      clientid: client
                      secret: hunter2
                """));

        assertThat(azure.credentials()).isEqualTo(StorageConfig.AzureCredentials.CLIENT_SECRET);
        assertThat(azure.tenantId()).contains("tenant");
        assertThat(azure.clientId()).contains("client");
        assertThat(azure.clientSecret()).contains(Secret.of("hunter2"));
        assertThat(azure).asString().doesNotContain("hunter2");
    }

    @Test
    void saysAllThatIsMissing() {
        assertThat(Given.file("storage: azure").problems())
                .containsExactly(
                        "storage.azure (" + Given.FILE + " line 1): expected storage.azure.accountname to be set too",
                        "storage.azure (" + Given.FILE + " line 1): expected storage.azure.accountkey to be set too",
                        "storage.azure (" + Given.FILE + " line 1): expected storage.azure.container to be set too");
        assertThat(Given.file(SMALLEST).variable("REGISTRY_STORAGE_AZURE_CREDENTIALS_TYPE", "client_secret").problems())
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "storage.azure.accountname, My-Account",
        "storage.azure.container, a",
        "storage.azure.container, a--b",
        "storage.azure.container, Images",
        "storage.azure.realm, https://core.windows.net",
        "storage.azure.serviceurl, images.blob.core.windows.net",
        "storage.azure.serviceurl, https://a.example?sig=1",
        "storage.azure.redirectendpoint, ftp://a.example",
        "storage.azure.credentials.type, password",
        "storage.azure.max_retries, -1",
        "storage.azure.retry_delay, 100",
    })
    void rejectsWhatAzureDoesNotTake(String key, String value) {
        assertThat(Given.file(SMALLEST).variable(Key.variable(key), value).problems())
                .singleElement().asString().startsWith(key + " (" + Key.variable(key) + "): expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"accountkey", "credentials.secret"})
    void showsNoSecret(String key) {
        Given given = Given.file(SMALLEST)
                .variable("REGISTRY_STORAGE_AZURE_CONTAINER", "?")
                .variable(Key.variable("storage.azure." + key), "hunter2");

        assertThat(given.problems()).noneMatch(line -> line.contains("hunter2") || line.contains("aHVudGVyMg"));
    }
}
