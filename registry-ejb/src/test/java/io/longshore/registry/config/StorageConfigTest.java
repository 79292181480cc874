package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageConfigTest {
    private static final StorageConfig.Driver IN_MEMORY = new StorageConfig.InMemory();
    private static final UploadPurgeConfig PURGE =
            new UploadPurgeConfig(true, Duration.ofDays(7), Duration.ofDays(1), false);

    private static StorageConfig.Driver folder(String path) {
        return new StorageConfig.Filesystem(Path.of(path), 100);
    }

    @Test
    void hasDefaults() {
        assertThat(Given.nothing().config().storage())
                .isEqualTo(new StorageConfig(folder("registry-data/storage"), true, true, false, PURGE));
    }

    @Test
    void takesEveryKey() {
        assertThat(Given.file("""
                storage:
                  filesystem:
                    rootdirectory: /srv/blobs
                  delete:
                    enabled: false
                  redirect:
                    disable: true
                  maintenance:
                    readonly: {enabled: true}
                    uploadpurging: {enabled: false, age: 2h, interval: 10m, dryrun: true}
                """).config().storage())
                .isEqualTo(new StorageConfig(
                        folder("/srv/blobs"),
                        false,
                        false,
                        true,
                        new UploadPurgeConfig(false, Duration.ofHours(2), Duration.ofMinutes(10), true)));
    }

    @Test
    void liesInTheDataFolderUnlessToldOtherwise() {
        RegistryConfig config = Given.key("data", "/srv/data").config();

        assertThat(config.data()).isEqualTo(Path.of("/srv/data"));
        assertThat(config.storage().driver()).isEqualTo(folder("/srv/data/storage"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"storage: inmemory", "storage: {inmemory: }", "storage: {inmemory: {}}"})
    void takesDriverByNameAlone(String yaml) {
        assertThat(Given.file(yaml).config().storage().driver()).isEqualTo(IN_MEMORY);
    }

    @Test
    void takesFilesystemByNameAlone() {
        assertThat(Given.file("storage: {filesystem: }").config().storage().driver())
                .isEqualTo(folder("registry-data/storage"));
    }

    @Test
    void variableWithNameOfDriverReplacesDriverOfTheFileAndNothingElse() {
        Given given = Given.file("storage: {filesystem: {rootdirectory: /srv/blobs}, delete: {enabled: false}}")
                .variable("REGISTRY_STORAGE", "inmemory");

        assertThat(given.config().storage()).isEqualTo(new StorageConfig(IN_MEMORY, false, true, false, PURGE));
    }

    @Test
    void variablesNameDriverAndItsFolder() {
        Given given = Given.file("storage: inmemory")
                .variable("REGISTRY_STORAGE", "filesystem")
                .variable("REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", "/srv/other");

        assertThat(given.config().storage().driver()).isEqualTo(folder("/srv/other"));
    }

    @Test
    void variableWithSectionReplacesDriverOfTheFile() {
        Given given = Given.file("storage: inmemory")
                .variable("REGISTRY_STORAGE", "{filesystem: {rootdirectory: /srv/other}}");

        assertThat(given.config().storage().driver()).isEqualTo(folder("/srv/other"));
    }

    @Test
    void variableWithSectionThatNamesNoDriverLeavesIt() {
        Given given = Given.file("storage: inmemory").variable("REGISTRY_STORAGE", "{delete: {enabled: false}}");

        assertThat(given.config().storage()).isEqualTo(new StorageConfig(IN_MEMORY, false, true, false, PURGE));
    }

    @Test
    void takesADriverThatWasInstalled() {
        Given given = Given.file("storage: {driver: {name: tape, parameters: {robot: 7, key: hunter2}}}");

        assertThat(given.config().storage().driver())
                .isEqualTo(new StorageConfig.Installed(
                        "tape", Map.of("robot", Secret.of("7"), "key", Secret.of("hunter2"))));
        assertThat(given.config().toString()).doesNotContain("hunter2");
    }

    @Test
    void takesADriverThatWasInstalledFromVariables() {
        Given given = Given.file("storage: inmemory")
                .variable("REGISTRY_STORAGE", "driver")
                .variable("REGISTRY_STORAGE_DRIVER_NAME", "tape")
                .variable("REGISTRY_STORAGE_DRIVER_PARAMETERS_ROBOT", "7");

        assertThat(given.config().storage().driver())
                .isEqualTo(new StorageConfig.Installed("tape", Map.of("robot", Secret.of("7"))));
    }

    @Test
    void rejectsParametersOfNoDriver() {
        assertThat(Given.file("storage: {driver: {parameters: {robot: 7}}}").problems())
                .containsExactly("storage.driver.parameters (" + Given.FILE
                        + " line 1): expected storage.driver.name to be set too");
    }

    @Test
    void rejectsParametersThatAreNoTextsWithoutShowingThem() {
        assertThat(Given.file("storage: {driver: {name: tape, parameters: [hunter2]}}").problems())
                .singleElement()
                .asString()
                .contains("expected names, each with a text")
                .doesNotContain("hunter2");
    }

    @Test
    void rejectsTwoDrivers() {
        assertThat(Given.file("storage:\n  filesystem:\n    rootdirectory: /srv/blobs\n  inmemory:\n").problems())
                .containsExactly("storage: expected one driver, not filesystem (" + Given.FILE + " line 3), inmemory ("
                        + Given.FILE + " line 4)");
    }

    @Test
    void rejectsSecondDriverOfAnotherSource() {
        assertThat(Given.file("storage: inmemory")
                        .variable("REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", "/srv/blobs").problems())
                .containsExactly("storage: expected one driver, not inmemory (" + Given.FILE
                        + " line 1), filesystem (REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcs", "swift", "oss"})
    void saysThatDriverIsNotAvailable(String driver) {
        List<Given> ways = List.of(
                Given.key("storage", driver),
                Given.key("storage." + driver + ".secret", "hunter2"),
                Given.file("storage: {" + driver + ": {secret: hunter2}}"),
                Given.file("storage: {" + driver + ": }"));

        assertThat(ways).allSatisfy(given -> assertThat(given.problems())
                .singleElement().asString()
                .startsWith("storage." + driver + " (")
                .contains("not available in this version")
                .doesNotContain("hunter2"));
    }

    @Test
    void driverThatIsNotAvailableMustNotBeForgottenForTheDefault() {
        assertThat(Given.file("storage: filesystem").variable("REGISTRY_STORAGE_GCS_BUCKET", "images").problems())
                .hasSize(2);
    }

    @Test
    void rejectsUnknownDriver() {
        assertThat(Given.key("storage", "filesistem").problems())
                .containsExactly("storage.filesistem (REGISTRY_STORAGE): unknown key;"
                        + " the nearest known one is REGISTRY_STORAGE_FILESYSTEM");
        assertThat(Given.key("storage", "filesystem.rootdirectory").problems()).hasSize(1);
    }

    @Test
    void rejectsTextForDriverThatTakesKeys() {
        assertThat(Given.file("storage: {filesystem: /srv/blobs}").problems())
                .containsExactly("storage.filesystem (" + Given.FILE + " line 1): expected keys beneath it");
    }

    @Test
    void rejectsKeysOfInmemory() {
        assertThat(Given.file("storage: {inmemory: {size: 3}}").problems())
                .containsExactly("storage.inmemory (" + Given.FILE + " line 1): expected no keys beneath it");
    }

    @Test
    void rejectsWhatIsNoBoolean() {
        assertThat(Given.key("storage.delete.enabled", "on").problems())
                .containsExactly("storage.delete.enabled (REGISTRY_STORAGE_DELETE_ENABLED): expected true or false,"
                        + " not \"on\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "storage.filesystem.rootdirectory"})
    void rejectsPathThatTheFileSystemCannotHave(String key) {
        assertThat(Given.key(key, "/srv/\0").problems())
                .containsExactly(
                        key + " (" + Key.variable(key) + "): expected a path of the file system, not \"/srv/?\"");
    }
}
