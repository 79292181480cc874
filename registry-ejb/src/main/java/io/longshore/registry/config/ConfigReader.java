package io.longshore.registry.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns settings into records, and says what does not fit together. */
final class ConfigReader {
    private final Settings settings;
    private final Problems problems;
    private final ConfigLoader.FileReader files;

    /** {@code files} is asked for what is read once, at the start. */
    ConfigReader(Settings settings, Problems problems, ConfigLoader.FileReader files) {
        this.settings = settings;
        this.problems = problems;
        this.files = files;
    }

    /** With any problem collected, the result is not to be used. */
    RegistryConfig read() {
        Keys.all().forEach(this::checkEffect);
        settings.get(Keys.VERSION);
        Path data = settings.get(Keys.DATA);
        HttpConfig http = http();
        AuthConfig auth = new AuthConfigReader(settings, problems).read();
        checkCertificates(http, auth);
        return new RegistryConfig(
                data, http, storage(data), database(), manifests(), paging(), validation(), auth, audit(),
                new NotificationConfigReader(settings, problems, files).read(),
                new ProxyConfigReader(settings, problems, files).read());
    }

    /** Anybody can make a certificate with any name in it. Where a server of one's own does TLS, it verifies, or not. */
    private void checkCertificates(HttpConfig http, AuthConfig auth) {
        boolean verified = http.tls().stream()
                .allMatch(tls -> tls.clients().filter(clients -> clients.auth().verified()).isPresent());
        if (auth.logins().certificate().isPresent() && !verified) {
            settings.source(CertificateKeys.NAME).ifPresent(source -> problems.add(
                    CertificateKeys.NAME.name(), source, "expected " + source.spell("http.tls.clientcas")
                            + " to be set, and a http.tls.clientauth that verifies"));
        }
    }

    private AuditConfig audit() {
        return new AuditConfig(settings.find(Keys.AUDIT_RETENTION).filter(retention -> !retention.isZero()));
    }

    private void checkEffect(Key<?> key) {
        settings.raw(key).ifPresent(value -> {
            if (key.effect() == Effect.NONE) {
                problems.warn(key.name(), value.source(), "has no effect in this version. " + key.description());
            } else if (key.effect() == Effect.REFUSED && !isHarmless(key)) {
                problems.add(key.name(), value.source(), "not available in this version. " + key.description());
            }
        });
    }

    private <T> boolean isHarmless(Key<T> key) {
        Optional<T> standard = key.standard();
        return standard.isPresent() && standard.equals(settings.find(key));
    }

    private HttpConfig http() {
        boolean relative = settings.get(Keys.HTTP_RELATIVEURLS);
        if (relative) {
            warnUnused(Keys.HTTP_HOST, "has no effect while http.relativeurls is true");
        }
        return new HttpConfig(
                settings.get(Keys.HTTP_ADDR),
                settings.find(Keys.HTTP_HOST),
                relative,
                settings.find(Keys.HTTP_HEADERS).orElse(Map.of()),
                settings.get(Keys.HTTP_MAXURILENGTH),
                settings.get(Keys.HTTP_MAXHEADERLENGTH),
                settings.get(Keys.HTTP_IDLETIMEOUT),
                settings.find(Keys.HTTP_TRUSTEDPROXIES).orElse(List.of()),
                new TlsConfigReader(settings, problems).read(),
                debug());
    }

    private Optional<DebugConfig> debug() {
        HostPort http = settings.get(Keys.HTTP_ADDR);
        Optional<HostPort> addr = settings.find(DebugKeys.ADDR);
        String path = settings.get(DebugKeys.PROMETHEUS_PATH);
        if (!settings.get(DebugKeys.PROMETHEUS_ENABLED)) {
            warnUnused(DebugKeys.ADDR, "has no effect while http.debug.prometheus.enabled is false");
            warnUnused(DebugKeys.PROMETHEUS_PATH, "has no effect while http.debug.prometheus.enabled is false");
            return Optional.empty();
        }
        if (addr.isEmpty()) {
            warnUnused(DebugKeys.PROMETHEUS_ENABLED, "has no effect without http.debug.addr");
        }
        if (addr.isPresent() && addr.get().port() == http.port() && http.port() != 0) {
            settings.source(DebugKeys.ADDR).ifPresent(source -> problems.add(
                    DebugKeys.ADDR.name(), source, "expected another port than that of http.addr"));
        }
        return addr.map(where -> new DebugConfig(where, path));
    }

    private StorageConfig storage(Path data) {
        Map<String, Source> drivers = settings.drivers();
        if (drivers.size() > 1) {
            String found = drivers.entrySet().stream()
                    .map(driver -> driver.getKey() + " (" + driver.getValue().text() + ")")
                    .collect(Collectors.joining(", "));
            problems.add("storage: expected one driver, not " + found);
        }
        return new StorageConfig(
                driver(data),
                settings.get(Keys.STORAGE_DELETE_ENABLED),
                !settings.get(Keys.STORAGE_REDIRECT_DISABLE),
                settings.get(Keys.STORAGE_READONLY),
                uploadPurge());
    }

    private UploadPurgeConfig uploadPurge() {
        return new UploadPurgeConfig(
                settings.get(Keys.STORAGE_UPLOADPURGING_ENABLED),
                settings.get(Keys.STORAGE_UPLOADPURGING_AGE),
                settings.get(Keys.STORAGE_UPLOADPURGING_INTERVAL),
                settings.get(Keys.STORAGE_UPLOADPURGING_DRYRUN));
    }

    private StorageConfig.Driver driver(Path data) {
        Source s3 = settings.drivers().get(S3ConfigReader.DRIVER);
        if (s3 != null) {
            return new S3ConfigReader(settings, problems).read(s3);
        }
        Source azure = settings.drivers().get(AzureConfigReader.DRIVER);
        if (azure != null) {
            return new AzureConfigReader(settings, problems, azure).read();
        }
        if (settings.raw(Keys.STORAGE_INMEMORY).isPresent()) {
            return inMemory();
        }
        Optional<String> installed = settings.find(Keys.STORAGE_DRIVER_NAME);
        if (installed.isPresent()) {
            return new StorageConfig.Installed(
                    installed.get(), settings.find(Keys.STORAGE_DRIVER_PARAMETERS).orElse(Map.of()));
        }
        settings.source(Keys.STORAGE_DRIVER_PARAMETERS).ifPresent(source ->
                problems.add(Keys.STORAGE_DRIVER_PARAMETERS.name(), source, "expected storage.driver.name to be set too"));
        return new StorageConfig.Filesystem(
                settings.find(Keys.STORAGE_FILESYSTEM_ROOTDIRECTORY).orElse(data.resolve("storage")),
                settings.get(Keys.STORAGE_FILESYSTEM_MAXTHREADS));
    }

    private StorageConfig.InMemory inMemory() {
        Value value = settings.get(Keys.STORAGE_INMEMORY);
        if (!value.isEmpty()) {
            problems.add(Keys.STORAGE_INMEMORY.name(), value.source(), "expected no keys beneath it");
        }
        return new StorageConfig.InMemory();
    }

    private DatabaseConfig database() {
        Optional<JdbcUrl> url = settings.find(Keys.DATABASE_URL);
        if (settings.source(Keys.DATABASE_URL).isEmpty()) {
            for (Key<?> key : List.of(Keys.DATABASE_USER, Keys.DATABASE_PASSWORD)) {
                settings.source(key).ifPresent(source ->
                        problems.add(key.name(), source, "expected database.url to be set too"));
            }
        }
        return new DatabaseConfig(
                url,
                settings.find(Keys.DATABASE_USER),
                settings.find(Keys.DATABASE_PASSWORD),
                settings.get(Keys.DATABASE_MAXPOOLSIZE),
                settings.get(Keys.DATABASE_CONNECTTIMEOUT));
    }

    private ManifestConfig manifests() {
        return new ManifestConfig(settings.get(Keys.MANIFESTS_MAXSIZE));
    }

    private PagingConfig paging() {
        return new PagingConfig(
                settings.get(Keys.CATALOG_MAXENTRIES),
                settings.get(Keys.TAGS_MAXTAGS),
                settings.get(Keys.REFERRERS_MAXENTRIES));
    }

    private ValidationConfig validation() {
        ValidationConfig enabled = new ValidationConfig(
                indexes(),
                UrlRules.of(
                        settings.find(Keys.VALIDATION_URLS_ALLOW).orElse(List.of()),
                        settings.find(Keys.VALIDATION_URLS_DENY).orElse(List.of())));
        return settings.get(Keys.VALIDATION_DISABLED) ? ValidationConfig.disabled() : enabled;
    }

    private IndexValidation indexes() {
        IndexValidation.Mode mode = settings.get(Keys.VALIDATION_PLATFORMS);
        Set<ListedPlatform> platforms = settings.find(Keys.VALIDATION_PLATFORMLIST).orElse(Set.of());
        if (mode != IndexValidation.Mode.LIST) {
            warnUnused(Keys.VALIDATION_PLATFORMLIST, "has no effect unless " + Keys.VALIDATION_PLATFORMS.name()
                    + " is list");
            return new IndexValidation(mode, Set.of());
        }
        if (platforms.isEmpty()) {
            Source source = settings.source(Keys.VALIDATION_PLATFORMS).orElse(Source.DEFAULT);
            problems.add(Keys.VALIDATION_PLATFORMS.name(), source, "expected platforms in "
                    + source.spell(Keys.VALIDATION_PLATFORMLIST.name()));
        }
        return new IndexValidation(mode, platforms);
    }

    private void warnUnused(Key<?> key, String line) {
        settings.source(key).ifPresent(source -> problems.warn(key.name(), source, line));
    }
}
