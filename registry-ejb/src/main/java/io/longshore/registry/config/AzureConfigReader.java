package io.longshore.registry.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Reads the settings of the driver for Azure, some of which belong together. */
final class AzureConfigReader {
    static final String DRIVER = "azure";

    private static final URI NOWHERE = URI.create("https://invalid");

    private final Settings settings;
    private final Problems problems;
    private final Source named;

    /**
     * @param named where the driver is named
     */
    AzureConfigReader(Settings settings, Problems problems, Source named) {
        this.settings = settings;
        this.problems = problems;
        this.named = named;
    }

    StorageConfig.Azure read() {
        String account = needed(Keys.STORAGE_AZURE_ACCOUNTNAME, "[a-z0-9]{3,24}",
                "expected 3 to 24 lower case letters and digits");
        checkCredentials();
        return new StorageConfig.Azure(
                account,
                settings.get(Keys.STORAGE_AZURE_CREDENTIALS_TYPE),
                settings.find(Keys.STORAGE_AZURE_ACCOUNTKEY),
                settings.find(Keys.STORAGE_AZURE_CREDENTIALS_TENANTID),
                settings.find(Keys.STORAGE_AZURE_CREDENTIALS_CLIENTID),
                settings.find(Keys.STORAGE_AZURE_CREDENTIALS_SECRET),
                settings.find(Keys.STORAGE_AZURE_SERVICEURL).orElseGet(() -> serviceUrl(account)),
                settings.find(Keys.STORAGE_AZURE_REDIRECTENDPOINT),
                needed(Keys.STORAGE_AZURE_CONTAINER, "[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]",
                        "expected 3 to 63 lower case letters, digits and single hyphens"),
                settings.find(Keys.STORAGE_AZURE_ROOTDIRECTORY).orElse(""),
                settings.get(Keys.STORAGE_AZURE_LEGACYROOTPREFIX),
                settings.get(Keys.STORAGE_AZURE_MAX_RETRIES),
                settings.get(Keys.STORAGE_AZURE_RETRY_DELAY),
                settings.get(Keys.STORAGE_AZURE_REDIRECTEXPIRY));
    }

    private String needed(Key<String> key, String form, String expected) {
        Optional<String> value = settings.find(key);
        if (value.isEmpty()) {
            missing(key);
        } else if (!value.get().matches(form)) {
            problems.add(key.name(), settings.source(key).orElse(named), expected + ", not \""
                    + Problems.quoted(value.get()) + "\"");
        }
        return value.orElse("");
    }

    private void missing(Key<?> key) {
        problems.add("storage.azure", named, "expected " + named.spell(key.name()) + " to be set too");
    }

    private void checkCredentials() {
        List<Key<?>> wanted = switch (settings.get(Keys.STORAGE_AZURE_CREDENTIALS_TYPE)) {
            case SHARED_KEY -> List.of(Keys.STORAGE_AZURE_ACCOUNTKEY);
            case CLIENT_SECRET -> List.of(
                    Keys.STORAGE_AZURE_CREDENTIALS_TENANTID,
                    Keys.STORAGE_AZURE_CREDENTIALS_CLIENTID,
                    Keys.STORAGE_AZURE_CREDENTIALS_SECRET);
            case DEFAULT_CREDENTIALS -> List.of();
        };
        wanted.stream().filter(key -> settings.source(key).isEmpty()).forEach(this::missing);
    }

    private URI serviceUrl(String account) {
        String realm = settings.get(Keys.STORAGE_AZURE_REALM);
        if (!realm.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+")) {
            problems.add(Keys.STORAGE_AZURE_REALM.name(), settings.source(Keys.STORAGE_AZURE_REALM).orElse(named),
                    "expected a domain, not \"" + Problems.quoted(realm) + "\"");
            return NOWHERE;
        }
        return account.matches("[a-z0-9]+") ? URI.create("https://" + account + ".blob." + realm) : NOWHERE;
    }
}
