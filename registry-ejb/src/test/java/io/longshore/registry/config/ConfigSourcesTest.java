package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSourcesTest {

    @Test
    void propertyWinsOverVariableOverFileOverDefault() {
        Given given = Given.file("tags: {maxtags: 1}\ncatalog: {maxentries: 1}\nreferrers: {maxentries: 1}")
                .variable("REGISTRY_TAGS_MAXTAGS", "2")
                .variable("REGISTRY_CATALOG_MAXENTRIES", "2")
                .property("registry.tags.maxtags", "3");

        RegistryConfig config = given.config();

        assertThat(config.paging()).isEqualTo(new PagingConfig(2, 3, 1));
        assertThat(config.manifests().maxSize()).isEqualTo(DataSize.ofMiB(4));
    }

    @Test
    void emptyCountsAsNotSetInEverySource() {
        Given given = Given.file("""
                http: {addr: ':1', host: '', idletimeout: }
                tags: {maxtags: 1}
                log:
                auth:
                proxy: {}
                """)
                .variable("REGISTRY_HTTP_ADDR", "")
                .variable("REGISTRY_AUTH", "")
                .variable("REGISTRY_TAGS_MAXTAGS", "2")
                .variable("REGISTRY_NO_SUCH_THING", "")
                .property("registry.tags.maxtags", "")
                .property("registry.no.such.thing", "");

        assertThat(given.warnings()).isEmpty();
        assertThat(given.config().http().addr()).hasToString(":1");
        assertThat(given.config().http().host()).isEmpty();
        assertThat(given.config().paging().tagsMaxTags()).isEqualTo(2);
    }

    @Test
    void ignoresWhatIsSetForOthers() {
        Given given = Given.nothing()
                .variable("PATH", "/bin")
                .variable("registry_http_addr", "nonsense")
                .variable("REGISTRYHTTP", "nonsense")
                .property("user.dir", "/")
                .property("registryhttp", "nonsense")
                .property("REGISTRY_HTTP_ADDR", "nonsense");

        assertThat(given.config()).isEqualTo(Given.nothing().config());
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTRY_SERVICE_HOST, 10.0.0.7",
        "REGISTRY_SERVICE_PORT, 5000",
        "REGISTRY_SERVICE_PORT_HTTP, 5000",
        "REGISTRY_PORT, tcp://10.0.0.7:5000",
        "REGISTRY_PORT_5000_TCP, tcp://10.0.0.7:5000",
        "REGISTRY_PORT_5000_TCP_PROTO, tcp",
        "REGISTRY_PORT_5000_TCP_PORT, 5000",
        "REGISTRY_PORT_5000_TCP_ADDR, 10.0.0.7",
        "REGISTRY_UI_SERVICE_HOST, 10.0.0.8",
        "REGISTRY_UI_PORT, tcp://10.0.0.8:80",
        "REGISTRY_UI_PORT_80_TCP_ADDR, 10.0.0.8"
    })
    void ignoresVariablesThatKubernetesSetsForServices(String name, String value) {
        assertThat(Given.nothing().variable(name, value).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"REGISTRY_PORT, 5000", "REGISTRY_HTTP_PORT, 5000"})
    void portThatSomebodyMeantIsNoServiceOfKubernetes(String name, String value) {
        assertThat(Given.nothing().variable(name, value).problems()).hasSize(1);
    }

    @Test
    void sectionInVariableIsYamlThatIsMergedKeyByKey() {
        Given given = Given.file("http: {addr: ':1', relativeurls: false}")
                .variable("REGISTRY_HTTP", "{addr: ':2', maxurilength: 4KiB}")
                .variable("REGISTRY_HTTP_MAXURILENGTH", "5KiB");

        HttpConfig http = given.config().http();

        assertThat(http.addr()).hasToString(":2");
        assertThat(http.relativeUrls()).isFalse();
        assertThat(http.maxUriLength()).isEqualTo(DataSize.ofKiB(5));
    }

    @Test
    void textInQuotesWithinVariableIsNotReadAsYamlAgain() {
        Given given = Given.nothing().variable("REGISTRY_VALIDATION", "{manifests: {urls: {allow: '[ab]'}}}");

        assertThat(given.config().validation().urls()).isEqualTo(UrlRules.of(List.of("[ab]"), List.of()));
    }

    @Test
    void fileIsNamedByPropertyBeforeVariable() {
        Given given = Given.file("tags: {maxtags: 7}")
                .variable("REGISTRY_CONFIGURATION_PATH", "/does/not/exist")
                .property("registry.configuration.path", Given.FILE);

        assertThat(given.config().paging().tagsMaxTags()).isEqualTo(7);
    }

    @Test
    void fileThatCannotBeReadIsAProblem() {
        assertThat(Given.key("configuration.path", "/does/not/exist").problems())
                .containsExactly("configuration.path (REGISTRY_CONFIGURATION_PATH): expected a file in UTF-8 that can"
                        + " be read, not \"/does/not/exist\" (NoSuchFileException)");
    }

    @Test
    void fileCannotNameAnother() {
        assertThat(Given.file("configuration: {path: other.yml}").problems())
                .containsExactly("configuration.path (" + Given.FILE
                        + " line 1): cannot stand in the file itself; set REGISTRY_CONFIGURATION_PATH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing but words", "---\n", "{}", "version: 0.1", "version: '0.1'"})
    void fileMaySayNothing(String yaml) {
        assertThat(Given.file(yaml).config()).isEqualTo(Given.nothing().config());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.2", "0.10", "1", "[0.1]"})
    void refusesOtherVersions(String version) {
        assertThat(Given.file("version: " + version).problems())
                .singleElement().asString().startsWith("version (" + Given.FILE + " line 1): expected ");
    }

    @Test
    void configurationOfThisProcessIsReadAndReadAgain() {
        Map<String, String> set = Map.of(
                "registry.database.url", "jdbc:postgresql://localhost/registry",
                "registry.database.password", "hunter2");
        set.forEach(System::setProperty);
        try {
            RegistryConfig config = ConfigLoader.loadForThisProcess().config();

            assertThat(config.database().password()).contains(Secret.of("hunter2"));
            assertThat(ConfigLoader.loadForThisProcess().config()).isEqualTo(config);
        } finally {
            set.keySet().forEach(System::clearProperty);
        }
    }
}
