package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3ConfigTest {
    private static final String LEAST = "storage: {s3: {bucket: images, region: eu-north-1}}";

    /** Something other than the default for each key, all of which fit together. */
    private static final Map<String, String> OTHER = Map.ofEntries(
            Map.entry("bucket", "images"),
            Map.entry("region", "mars"),
            Map.entry("regionendpoint", "s3.example.com"),
            Map.entry("redirectendpoint", "public.example.com"),
            Map.entry("accesskey", "AKIA"),
            Map.entry("secretkey", "hunter2"),
            Map.entry("sessiontoken", "hunter3"),
            Map.entry("rootdirectory", "/some/where"),
            Map.entry("chunksize", "20MiB"),
            Map.entry("multipartcopymaxconcurrency", "7"),
            Map.entry("forcepathstyle", "false"),
            Map.entry("secure", "false"),
            Map.entry("skipverify", "true"),
            Map.entry("encrypt", "true"),
            Map.entry("keyid", "some-key"),
            Map.entry("storageclass", "STANDARD_IA"),
            Map.entry("objectacl", "private"),
            Map.entry("accelerate", "true"),
            Map.entry("usedualstack", "true"),
            Map.entry("usefipsendpoint", "true"),
            Map.entry("redirectexpiry", "1h"));

    private static Given given(Map<String, String> settings) {
        Given given = Given.nothing();
        settings.forEach((key, value) -> given.variable(Key.variable("storage.s3." + key), value));
        return given;
    }

    static Set<String> others() {
        return OTHER.keySet();
    }

    @ParameterizedTest
    @MethodSource("others")
    void everyKeyChangesTheConfiguration(String key) {
        Map<String, String> without = new HashMap<>(OTHER);
        without.remove(key);
        Given given = given(without);

        assertThat(given.problems().isEmpty() ? given.config() : given.problems())
                .isNotEqualTo(given(OTHER).config());
    }

    private static StorageConfig.S3 s3(Given given) {
        return (StorageConfig.S3) given.config().storage().driver();
    }

    @Test
    void hasDefaults() {
        assertThat(s3(Given.file(LEAST))).isEqualTo(new StorageConfig.S3(
                "images",
                "",
                Optional.empty(),
                new StorageConfig.S3Access(
                        "eu-north-1", Optional.empty(), Optional.empty(), false, true, false, false, false, false),
                new StorageConfig.S3Writing(
                        DataSize.ofMiB(10), 100, Optional.empty(), Optional.empty(), false, Optional.empty()),
                Duration.ofMinutes(20)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3", "s3aws"})
    void takesEveryKey(String name) {
        assertThat(s3(Given.file("""
                storage:
                  %s:
                    accesskey: AKIA
                    secretkey: hunter2
                    sessiontoken: hunter3
                    region: mars
                    regionendpoint: https://s3.example.com
                    redirectendpoint: http://public.example.com:8080
                    forcepathstyle: false
                    bucket: images
                    rootdirectory: /some/where
                    encrypt: true
                    keyid: some-key
                    secure: false
                    skipverify: true
                    chunksize: 5242880
                    multipartcopymaxconcurrency: 7
                    storageclass: STANDARD_IA
                    objectacl: bucket-owner-full-control
                    accelerate: true
                    usedualstack: true
                    usefipsendpoint: true
                    redirectexpiry: 1h
                """.formatted(name)))).isEqualTo(new StorageConfig.S3(
                "images",
                "/some/where",
                Optional.of(new StorageConfig.S3Keys(
                        Secret.of("AKIA"), Secret.of("hunter2"), Optional.of(Secret.of("hunter3")))),
                new StorageConfig.S3Access(
                        "mars",
                        Optional.of(URI.create("https://s3.example.com")),
                        Optional.of(URI.create("http://public.example.com:8080")),
                        false, false, true, true, true, true),
                new StorageConfig.S3Writing(
                        DataSize.ofMiB(5),
                        7,
                        Optional.of("STANDARD_IA"),
                        Optional.of("bucket-owner-full-control"),
                        true,
                        Optional.of("some-key")),
                Duration.ofHours(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:9000, true, https://localhost:9000",
        "localhost:9000, false, http://localhost:9000",
        "https://s3.example.com, false, https://s3.example.com",
        "http://s3.example.com/, true, http://s3.example.com"
    })
    void endpointSaysItselfHowItIsSpokenToOrLeavesItToSecure(String given, String secure, String expected) {
        StorageConfig.S3 s3 = s3(Given.key("storage.s3.bucket", "images")
                .variable("REGISTRY_STORAGE_S3_REGIONENDPOINT", given)
                .variable("REGISTRY_STORAGE_S3_SECURE", secure));

        assertThat(s3.access().endpoint()).contains(URI.create(expected));
        assertThat(s3.access().forcePathStyle()).isTrue();
        assertThat(s3.access().region()).isEqualTo("us-east-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://s3.example.com", "s3.example.com/bucket", "s3.example.com:x", "https://", "a b"})
    void rejectsWhatIsNoEndpoint(String endpoint) {
        assertThat(Given.file(LEAST).variable("REGISTRY_STORAGE_S3_REGIONENDPOINT", endpoint).problems())
                .singleElement().asString().startsWith("storage.s3.regionendpoint (");
    }

    @ParameterizedTest
    @ValueSource(strings = {"storage: s3", "storage: {s3: }", "storage: s3aws", "storage: {s3aws: {}}"})
    void rejectsNeitherBucketNorRegion(String yaml) {
        assertThat(Given.file(yaml).problems()).containsExactly(
                "storage.s3 (" + Given.FILE + " line 1): expected storage.s3.bucket to be set",
                "storage.s3 (" + Given.FILE + " line 1): expected storage.s3.region to be set");
    }

    @Test
    void rejectsHalfAKey() {
        assertThat(Given.file(LEAST).variable("REGISTRY_STORAGE_S3_ACCESSKEY", "AKIA").problems())
                .containsExactly("storage.s3.accesskey (REGISTRY_STORAGE_S3_ACCESSKEY):"
                        + " expected storage.s3.secretkey to be set too");
        assertThat(Given.file(LEAST).variable("REGISTRY_STORAGE_S3_SECRETKEY", "hunter2").problems())
                .singleElement().asString().doesNotContain("hunter2");
        assertThat(Given.file(LEAST).variable("REGISTRY_STORAGE_S3_SESSIONTOKEN", "hunter3").problems())
                .singleElement().asString().doesNotContain("hunter3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5242879", "6GiB", "ten"})
    void rejectsChunksThatNoStoreTakes(String size) {
        assertThat(Given.file(LEAST).variable("REGISTRY_STORAGE_S3_CHUNKSIZE", size).problems()).hasSize(1);
    }

    @Test
    void rejectsASecondDriver() {
        assertThat(Given.file("storage: inmemory").variable("REGISTRY_STORAGE_S3AWS_BUCKET", "images").problems())
                .anyMatch(problem -> problem.startsWith("storage: expected one driver"));
    }

    @Test
    void variableReplacesTheDriverOfTheFile() {
        assertThat(Given.file(LEAST).variable("REGISTRY_STORAGE", "inmemory").config().storage().driver())
                .isEqualTo(new StorageConfig.InMemory());
    }

    @Test
    void showsNoKey() {
        Given given = Given.file(LEAST)
                .variable("REGISTRY_STORAGE_S3_ACCESSKEY", "AKIA")
                .variable("REGISTRY_STORAGE_S3_SECRETKEY", "hunter2")
                .variable("REGISTRY_STORAGE_S3_SESSIONTOKEN", "hunter3");

        assertThat(given.config().toString()).doesNotContain("AKIA", "hunter");
    }

    @Test
    void keyWithoutEncryptionIsWarnedAbout() {
        Given given = Given.file(LEAST).variable("REGISTRY_STORAGE_S3_KEYID", "some-key");

        assertThat(given.warnings()).singleElement().asString().contains("storage.s3.encrypt");
        assertThat(s3(given).writing().keyId()).isEmpty();
    }

    @Test
    void keysOfDistributionWithoutMeaningHereAreWarnedAbout() {
        assertThat(Given.file("""
                storage:
                  s3:
                    bucket: images
                    region: eu-north-1
                    v4auth: true
                    multipartcopychunksize: 33554432
                    multipartcopythresholdsize: 33554432
                    useragent: hunter2
                    loglevel: debug
                """).warnings())
                .hasSize(5)
                .allMatch(warning -> warning.contains("has no effect in this version."))
                .noneMatch(warning -> warning.contains("hunter2"));
    }
}
