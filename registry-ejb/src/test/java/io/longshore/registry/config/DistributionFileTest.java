package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A file as people have it who move here from distribution. */
class DistributionFileTest {
    private static final String FILE = """
            version: 0.1
            log:
              accesslog:
                disabled: true
              level: info
              fields:
                service: registry
                environment: production
            storage:
              filesystem:
                rootdirectory: /var/lib/registry
                maxthreads: 100
              delete:
                enabled: true
              cache:
                blobdescriptor: inmemory
              maintenance:
                uploadpurging:
                  enabled: true
                  age: 168h
                  interval: 24h
                  dryrun: false
                readonly:
                  enabled: false
            http:
              addr: :5000
              secret: hunter2
              draintimeout: 60s
              debug:
                addr: localhost:5001
                prometheus: {enabled: true, path: /metrics}
              headers:
                X-Content-Type-Options: [nosniff]
              http2:
                disabled: false
            health:
              storagedriver:
                enabled: true
                interval: 10s
                threshold: 3
            notifications:
              events:
                includereferences: true
              endpoints:
                - name: alistener
                  disabled: false
                  url: http://listener.example/event
                  headers:
                    Authorization: [Bearer hunter2]
                  timeout: 500ms
                  threshold: 5
                  backoff: 1s
                  ignoredmediatypes:
                    - application/octet-stream
                  ignore:
                    mediatypes:
                      - application/vnd.in-toto+json
                    actions:
                      - pull
            """;

    @Test
    void loadsWithNothingButWarnings() {
        LoadedConfig loaded = Given.file(FILE).load();

        assertThat(loaded.config().http().addr()).hasToString(":5000");
        assertThat(loaded.config().http().headers())
                .containsExactly(entry("X-Content-Type-Options", List.of("nosniff")));
        assertThat(loaded.config().storage().driver())
                .isEqualTo(new StorageConfig.Filesystem(Path.of("/var/lib/registry"), 100));
        assertThat(loaded.config().http().debug())
                .contains(new DebugConfig(new HostPort(Optional.of("localhost"), 5001), "/metrics"));
        assertThat(loaded.config().notifications().includeReferences()).isTrue();
        assertThat(loaded.config().notifications().endpoints())
                .extracting(EndpointConfig::name)
                .containsExactly("alistener");
        assertThat(loaded.warnings())
                .extracting(line -> line.substring(0, line.indexOf(" (")))
                .containsExactly(
                        "http.draintimeout", "http.http2", "storage.cache", "log", "health");
        assertThat(loaded.warnings()).noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void warningsSayWhereAndWhy() {
        assertThat(Given.file(FILE).warnings())
                .contains("storage.cache (/etc/registry/config.yml line 15): has no effect in this version."
                        + " Descriptors come from the database.");
    }

    @Test
    void variablesOfItsContainersWork() {
        LoadedConfig loaded = Given.file(FILE)
                .variable("REGISTRY_HTTP_ADDR", "0.0.0.0:8080")
                .variable("REGISTRY_LOG_LEVEL", "debug")
                .variable("REGISTRY_HTTP_SECRET", "hunter2")
                .variable("REGISTRY_STORAGE_DELETE_ENABLED", "false")
                .variable("REGISTRY_STORAGE_CACHE_BLOBDESCRIPTOR", "redis")
                .variable("REGISTRY_REDIS_ADDRS_0", "localhost:6379")
                .variable("REGISTRY_HEALTH_STORAGEDRIVER_ENABLED", "false")
                .variable("REGISTRY_NOTIFICATIONS_ENDPOINTS_0_DISABLED", "true")
                .variable("REGISTRY_NOTIFICATIONS_ENDPOINTS_0_HEADERS_AUTHORIZATION_0", "Bearer hunter3")
                .load();

        assertThat(loaded.config().http().addr()).hasToString("0.0.0.0:8080");
        assertThat(loaded.config().storage().deleteEnabled()).isFalse();
        assertThat(loaded.config().notifications().endpoints()).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.disabled()).isTrue();
            assertThat(endpoint.headers()).containsEntry("Authorization", List.of(Secret.of("Bearer hunter3")));
        });
    }
}
