package io.longshore.registry.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Every key there is, in the order of the reference page. Keys that distribution has too have its names and forms. A
 * section stands for all keys beneath it. Some names hold an underscore, which a variable cannot tell from a dot: so they
 * are known with a dot, too.
 */
final class Keys {
    /** Accepted because existing configurations ask for these drivers by name; which of them work, their keys say. */
    static final Set<String> DRIVERS =
            Set.of("filesystem", "inmemory", "driver", "s3", "s3aws", "azure", "gcs", "swift", "oss");

    private static final Map<String, String> ALIASES = Map.of("s3aws", "s3");

    private static final KeyTable OWN = new KeyTable();

    static final Key<String> VERSION = add("version", Types.constant("0.1"), "0.1",
            "The form of the file.");
    static final Key<Path> CONFIGURATION_PATH = add("configuration.path", Types.PATH, "",
            "The file with the configuration. Cannot stand in the file itself.");
    static final Key<Path> DATA = add("data", Types.PATH, "registry-data",
            "The folder of everything that the registry keeps and that has no folder of its own.");

    static final Key<HostPort> HTTP_ADDR = add("http.addr", Types.ADDRESS, "127.0.0.1:5000",
            "Where the server listens: `host:port`, `[IPv6]:port`, or `:port` for all addresses of the machine.");
    static final Key<URI> HTTP_HOST = add("http.host", Types.HTTP_URL, "",
            "The URL by which clients reach the registry, without a path. Absolute locations begin with it; without"
                    + " it, with what the request says.");
    static final Key<Secret> HTTP_SECRET = add("http.secret", Types.SECRET, "",
            "A long random text, the same on every node. The keys that sign tokens are encrypted with it in the"
                    + " database. Without it, they are not.");
    static final Key<Boolean> HTTP_RELATIVEURLS = add("http.relativeurls", Types.BOOLEAN, "true",
            "Whether `Location` holds a path instead of a whole URL.");
    static final Key<Map<String, List<String>>> HTTP_HEADERS = add("http.headers", Types.HEADERS, "",
            "Headers added to every reply: a map of names to lists of values.");
    static final Key<DataSize> HTTP_MAXURILENGTH = add("http.maxurilength",
            Types.size(DataSize.ofKiB(2), DataSize.ofMiB(1)), "8KiB",
            "The longest request target, path and query together; above it the answer is 414.");
    static final Key<DataSize> HTTP_MAXHEADERLENGTH = add("http.maxheaderlength",
            Types.size(DataSize.ofKiB(8), DataSize.ofMiB(1)), "32KiB",
            "The most that all header fields of a request take together; above it the answer is 431.");
    static final Key<Duration> HTTP_IDLETIMEOUT = add("http.idletimeout",
            Types.duration(Duration.ofSeconds(1), Duration.ofHours(24)), "1m",
            "How long a connection may carry nothing, within a request or between two, before it is closed. Only"
                    + " the push of a manifest is limited in its whole time.");
    static final Key<List<AddressRange>> HTTP_TRUSTEDPROXIES = add("http.trustedproxies", AuthTypes.ADDRESSES, "",
            "Proxies whose `X-Forwarded-For` says from where a request comes, for the audit and for slowing down failed"
                    + " logins: addresses and ranges such as `10.0.0.0/8`.");

    static final Key<Path> STORAGE_FILESYSTEM_ROOTDIRECTORY = add("storage.filesystem.rootdirectory", Types.PATH, "",
            "The folder of the blobs. Without it, the folder `storage` in the folder that `data` names.");
    static final Key<Integer> STORAGE_FILESYSTEM_MAXTHREADS = add("storage.filesystem.maxthreads", Types.number(1), "100",
            "How many threads may read and write files at once; the others wait.");
    static final Key<Value> STORAGE_INMEMORY = add("storage.inmemory", Types.PRESENCE, "",
            "Keeps blobs in memory, for tests; they are gone when the server stops, and what the database says of"
                    + " them is not. Takes no keys.");
    static final Key<String> STORAGE_DRIVER_NAME = add("storage.driver.name", Types.TEXT, "",
            "A storage driver that is not part of the registry: the name of its bean, in a jar that was put into the EAR.");
    static final Key<Map<String, Secret>> STORAGE_DRIVER_PARAMETERS = add("storage.driver.parameters", Types.SECRETS, "",
            "What that driver is told: a map of names to texts.");
    static final Key<String> STORAGE_S3_BUCKET = add("storage.s3.bucket", Types.TEXT, "",
            "The bucket of the blobs. Must be there already.");
    static final Key<String> STORAGE_S3_REGION = add("storage.s3.region", Types.TEXT, "",
            "The region of the bucket. Can be left out with `regionendpoint`, and is `us-east-1` then.");
    static final Key<URI> STORAGE_S3_REGIONENDPOINT = add("storage.s3.regionendpoint", Types.ENDPOINT, "",
            "Where a store is that is not Amazon's. Only what every store knows is asked of it.");
    static final Key<URI> STORAGE_S3_REDIRECTENDPOINT = add("storage.s3.redirectendpoint", Types.ENDPOINT, "",
            "Where clients reach the store, if not by the address that the registry uses.");
    static final Key<Secret> STORAGE_S3_ACCESSKEY = add("storage.s3.accesskey", Types.SECRET, "",
            "The id of the access key. Without it, keys come from the environment: variables, web identity, profile,"
                    + " container or instance role.");
    static final Key<Secret> STORAGE_S3_SECRETKEY = add("storage.s3.secretkey", Types.SECRET, "",
            "The secret of the access key.");
    static final Key<Secret> STORAGE_S3_SESSIONTOKEN = add("storage.s3.sessiontoken", Types.SECRET, "",
            "The token of an access key that expires.");
    static final Key<String> STORAGE_S3_ROOTDIRECTORY = add("storage.s3.rootdirectory", Types.TEXT, "",
            "What the names of all objects begin with. Without it, the tree begins at the top of the bucket.");
    static final Key<DataSize> STORAGE_S3_CHUNKSIZE = add("storage.s3.chunksize",
            Types.size(DataSize.ofMiB(5), DataSize.ofMiB(5 << 10)), "10MiB",
            "The size of the parts of a blob, of which it has 10,000 at most. Twice as much lies in the temporary"
                    + " folder for each upload.");
    static final Key<Integer> STORAGE_S3_MULTIPARTCOPYMAXCONCURRENCY = add("storage.s3.multipartcopymaxconcurrency",
            Types.number(1), "100",
            "The most parts that the store copies at once.");
    static final Key<Boolean> STORAGE_S3_FORCEPATHSTYLE = add("storage.s3.forcepathstyle", Types.BOOLEAN, "",
            "Whether the bucket stands in the path instead of the host name. Without it, that is so with"
                    + " `regionendpoint` alone.");
    static final Key<Boolean> STORAGE_S3_SECURE = add("storage.s3.secure", Types.BOOLEAN, "true",
            "Whether the store is spoken to by HTTPS. An endpoint with `http://` or `https://` says so itself.");
    static final Key<Boolean> STORAGE_S3_SKIPVERIFY = add("storage.s3.skipverify", Types.BOOLEAN, "false",
            "Whether any certificate will do.");
    static final Key<Boolean> STORAGE_S3_ENCRYPT = add("storage.s3.encrypt", Types.BOOLEAN, "false",
            "Whether the store is asked to encrypt. Without it, the bucket decides.");
    static final Key<String> STORAGE_S3_KEYID = add("storage.s3.keyid", Types.TEXT, "",
            "The key of the key service to encrypt with; needs `encrypt`.");
    static final Key<String> STORAGE_S3_STORAGECLASS = add("storage.s3.storageclass", Types.TEXT, "",
            "The storage class of blobs. Without it, and with `NONE`, that of the bucket.");
    static final Key<String> STORAGE_S3_OBJECTACL = add("storage.s3.objectacl", Types.TEXT, "",
            "The canned ACL of blobs. Without it, that of the bucket.");
    static final Key<Boolean> STORAGE_S3_ACCELERATE = add("storage.s3.accelerate", Types.BOOLEAN, "false",
            "Whether to use S3 Transfer Acceleration.");
    static final Key<Boolean> STORAGE_S3_USEDUALSTACK = add("storage.s3.usedualstack", Types.BOOLEAN, "false",
            "Whether to use Amazon's endpoints for IPv4 and IPv6.");
    static final Key<Boolean> STORAGE_S3_USEFIPSENDPOINT = add("storage.s3.usefipsendpoint", Types.BOOLEAN, "false",
            "Whether to use Amazon's FIPS endpoints.");
    static final Key<Duration> STORAGE_S3_REDIRECTEXPIRY = add("storage.s3.redirectexpiry",
            Types.duration(Duration.ofMinutes(1), Duration.ofHours(168)), "20m",
            "How long the address of a blob that a client is sent to works.");
    static final Key<String> STORAGE_AZURE_ACCOUNTNAME = add("storage.azure.accountname", Types.TEXT, "",
            "Keeps blobs in this storage account of Azure.");
    static final Key<Secret> STORAGE_AZURE_ACCOUNTKEY = add("storage.azure.accountkey", Types.SECRET, "",
            "The key of the account, for `shared_key`.");
    static final Key<StorageConfig.AzureCredentials> STORAGE_AZURE_CREDENTIALS_TYPE =
            add("storage.azure.credentials.type", Types.choice(StorageConfig.AzureCredentials.class), "shared_key",
                    "What the registry shows to Azure: the key of the account, the secret of an application in Entra"
                            + " ID, or what the machine supplies: variables of the Azure tools, workload identity,"
                            + " managed identity.");
    static final Key<String> STORAGE_AZURE_CREDENTIALS_TENANTID = add("storage.azure.credentials.tenantid",
            Types.TEXT, "",
            "The tenant of the application, for `client_secret`.");
    static final Key<String> STORAGE_AZURE_CREDENTIALS_CLIENTID = add("storage.azure.credentials.clientid",
            Types.TEXT, "",
            "The client id of the application; for `default_credentials`, that of one of several identities.");
    static final Key<Secret> STORAGE_AZURE_CREDENTIALS_SECRET = add("storage.azure.credentials.secret",
            Types.SECRET, "",
            "The secret of the application, for `client_secret`.");
    static final Key<String> STORAGE_AZURE_CONTAINER = add("storage.azure.container", Types.TEXT, "",
            "The container of the blobs, which must be there.");
    static final Key<String> STORAGE_AZURE_ROOTDIRECTORY = add("storage.azure.rootdirectory", Types.TEXT, "",
            "What the names of all objects begin with. Without it, nothing.");
    static final Key<Boolean> STORAGE_AZURE_LEGACYROOTPREFIX = add("storage.azure.legacyrootprefix", Types.BOOLEAN,
            "false",
            "Whether a slash stands before the root, as in what older releases of distribution wrote: Azure shows"
                    + " such a tree below `//`.");
    static final Key<String> STORAGE_AZURE_REALM = add("storage.azure.realm", Types.TEXT, "core.windows.net",
            "The domain of the Azure cloud: the account is at `https://<accountname>.blob.<realm>`.");
    static final Key<URI> STORAGE_AZURE_SERVICEURL = add("storage.azure.serviceurl", Types.SERVICE_URL, "",
            "Where the account is, if it is elsewhere.");
    static final Key<URI> STORAGE_AZURE_REDIRECTENDPOINT = add("storage.azure.redirectendpoint", Types.SERVICE_URL, "",
            "Where clients that are sent to Azure find the account, if that is not where the registry finds it.");
    static final Key<Integer> STORAGE_AZURE_MAX_RETRIES = add("storage.azure.max_retries", Types.number(0), "5",
            "How often a request to Azure is tried again that failed for a while, within three minutes in which the"
                    + " transfer of bytes does not count.");
    static final Key<Duration> STORAGE_AZURE_RETRY_DELAY = add("storage.azure.retry_delay",
            Types.duration(Duration.ZERO, Duration.ofMinutes(1)), "100ms",
            "How long at most it waits before the first of these; twice as long before each further one.");
    static final Key<Duration> STORAGE_AZURE_REDIRECTEXPIRY = add("storage.azure.redirectexpiry",
            Types.duration(Duration.ofMinutes(1), Duration.ofHours(144)), "20m",
            "How long the address of a blob that a client is sent to works.");
    static final Key<Boolean> STORAGE_DELETE_ENABLED = add("storage.delete.enabled", Types.BOOLEAN, "true",
            "Whether clients may delete tags, manifests and blobs; if not, the answer is 405.");
    static final Key<Boolean> STORAGE_REDIRECT_DISABLE = add("storage.redirect.disable", Types.BOOLEAN, "false",
            "Whether blobs come through the registry although the storage could send them. If not, a client that pulls"
                    + " a blob is sent to S3 or Azure (307).");
    static final Key<Boolean> STORAGE_UPLOADPURGING_ENABLED = add("storage.maintenance.uploadpurging.enabled",
            Types.BOOLEAN, "true",
            "Whether uploads that nobody goes on with are removed, and what interrupted ones left in the storage.");
    static final Key<Duration> STORAGE_UPLOADPURGING_AGE = add("storage.maintenance.uploadpurging.age",
            Types.duration(Duration.ofHours(1), Duration.ofHours(87_600)), "168h",
            "How long nothing must have come for an upload before it is removed.");
    static final Key<Duration> STORAGE_UPLOADPURGING_INTERVAL = add("storage.maintenance.uploadpurging.interval",
            Types.duration(Duration.ofMinutes(1), Duration.ofHours(8_760)), "24h",
            "From one look for such uploads to the next. Of several nodes one looks.");
    static final Key<Boolean> STORAGE_UPLOADPURGING_DRYRUN = add("storage.maintenance.uploadpurging.dryrun",
            Types.BOOLEAN, "false",
            "Whether the log says how many there are, and nothing is removed.");
    static final Key<Boolean> STORAGE_READONLY = add("storage.maintenance.readonly.enabled", Types.BOOLEAN, "false",
            "Whether pushes and deletes are refused with 405, for as long as the server runs. The admin API switches the"
                    + " same without a restart.");

    static final Key<JdbcUrl> DATABASE_URL = add("database.url", Types.JDBC_URL, "",
            "The PostgreSQL database of the metadata: `jdbc:postgresql://host:port/database`. Without it, the run"
                    + " command starts a database of its own.");
    static final Key<String> DATABASE_USER = add("database.user", Types.TEXT, "",
            "The user of that database.");
    static final Key<Secret> DATABASE_PASSWORD = add("database.password", Types.SECRET, "",
            "The password of that user.");
    static final Key<Integer> DATABASE_MAXPOOLSIZE = add("database.maxpoolsize", Types.number(1), "20",
            "The most connections to the database.");
    static final Key<Duration> DATABASE_CONNECTTIMEOUT = add("database.connecttimeout",
            Types.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)), "10s",
            "How long a request waits for a connection to the database before the answer is 503.");

    static final Key<DataSize> MANIFESTS_MAXSIZE = add("manifests.maxsize",
            Types.size(DataSize.ofMiB(4), DataSize.ofMiB(512)), "4MiB",
            "The largest manifest; above it the answer is 413.");

    static final Key<Integer> CATALOG_MAXENTRIES = add("catalog.maxentries", Types.number(1), "1000",
            "The most repositories on one page of the catalog.");
    static final Key<Integer> TAGS_MAXTAGS = add("tags.maxtags", Types.number(1), "1000",
            "The most tags on one page of a list of tags.");
    static final Key<Integer> REFERRERS_MAXENTRIES = add("referrers.maxentries", Types.number(1), "1000",
            "The most referrers on one page.");

    static final Key<Boolean> VALIDATION_DISABLED = add("validation.disabled", Types.BOOLEAN, "false",
            "Switches off the checks beneath `validation.manifests`.");
    static final Key<IndexValidation.Mode> VALIDATION_PLATFORMS = add("validation.manifests.indexes.platforms",
            Types.choice(IndexValidation.Mode.class), "all",
            "Which manifests that a pushed index names must be there: every one, none, or those of the platforms"
                    + " listed.");
    static final Key<Set<ListedPlatform>> VALIDATION_PLATFORMLIST = add("validation.manifests.indexes.platformlist",
            Types.PLATFORMS, "",
            "The platforms for `list`, each with `os` and `architecture`.");
    static final Key<List<String>> VALIDATION_URLS_ALLOW = add("validation.manifests.urls.allow", Types.PATTERNS, "",
            "A URL of a pushed layer must match one of these, where there are any.");
    static final Key<List<String>> VALIDATION_URLS_DENY = add("validation.manifests.urls.deny", Types.PATTERNS, "",
            "A URL of a pushed layer must match none of these.");

    static final Key<Duration> AUDIT_RETENTION = add("audit.retention",
            Types.durationOrZero(Duration.ofHours(24), Duration.ofHours(876_000)), "8760h",
            "How long the database keeps who did what; 0 for ever.");

    static {
        noEffect("http.draintimeout", "How long requests may go on at a stop is set in the application server.");
        noEffect("http.http2", "HTTP/2 is offered with HTTPS; what a client takes is its own choice.");
        noEffect("http.h2c", "The protocols are set in the application server.");
        noEffect("storage.s3.multipartcopychunksize", "Parts are copied as they came, `chunksize` each.");
        noEffect("storage.s3.multipartcopythresholdsize", "What is larger than `chunksize` is copied in parts.");
        noEffect("storage.s3.v4auth", "Every request is signed by version 4.");
        noEffect("storage.s3.useragent", "The user agent is that of the AWS SDK.");
        noEffect("storage.s3.loglevel", "Logging is set in the application server; the SDK's is"
                + " `software.amazon.awssdk`.");
        noEffect("storage.cache", "Descriptors come from the database.");
        noEffect("storage.tag", "No tag is looked for in the storage.");
        noEffect("validation.enabled", "Validation is on unless `validation.disabled` is `true`.");
        noEffect("log", "Logging is set in the application server.");
        noEffect("loglevel", "Logging is set in the application server.");
        noEffect("reporting", "Nothing is reported to other services.");
        noEffect("redis", "Redis is not used.");
        noEffect("health", "There are no periodic health checks.");
        noEffect("compatibility", "Manifests of schema 1 are refused.");

        refuse("http.net", Types.TEXT, "tcp", "The server listens on TCP.");
        refuse("http.prefix", Types.TEXT, "/", "The API begins at `/v2/`.");
        refuse("storage.gcs", Types.PRESENCE, "",
                "Use `storage.s3` with `regionendpoint: https://storage.googleapis.com` and an HMAC key.");
        refuse("storage.swift", Types.PRESENCE, "", "Use `storage.s3`, where the store speaks it.");
        refuse("storage.oss", Types.PRESENCE, "", "Use `storage.s3`, which the store speaks, too.");
        refuse("middleware", Types.SECTION, "", "No middleware can be put in.");
        refuse("policy", Types.SECTION, "", "Every kind of content is taken.");
    }

    private static final Map<String, Key<?>> TABLE = table(
            OWN, TlsKeys.TABLE, DebugKeys.TABLE, AuthKeys.TABLE, HtpasswdKeys.TABLE, LdapKeys.TABLE, CertificateKeys.TABLE,
            TokenKeys.TABLE, OidcKeys.TABLE, TokenServiceKeys.TABLE, AccountsKeys.TABLE, NotificationKeys.TABLE,
            ProxyKeys.TABLE);
    private static final Set<String> SECTIONS = sections(TABLE.keySet());
    private static final Map<String, Key<?>> DOTTED = dotted();
    private static final Set<String> DOTTED_SECTIONS = sections(DOTTED.keySet());

    private Keys() {}

    private static <T> Key<T> add(String name, ValueType<T> type, String standard, String description) {
        return OWN.add(name, type, standard, description);
    }

    private static void noEffect(String name, String description) {
        OWN.noEffect(name, description);
    }

    private static <T> void refuse(String name, ValueType<T> type, String harmless, String description) {
        OWN.refuse(name, type, harmless, description);
    }

    private static Map<String, Key<?>> table(KeyTable... areas) {
        Map<String, Key<?>> table = new LinkedHashMap<>();
        Stream.of(areas).flatMap(area -> area.keys().stream()).forEach(key -> {
            if (table.put(key.name(), key) != null) {
                throw new IllegalStateException(key.name() + " is in the table twice");
            }
        });
        return table;
    }

    private static Map<String, Key<?>> dotted() {
        Map<String, Key<?>> dotted = new LinkedHashMap<>();
        TABLE.forEach((name, key) -> dotted.put(name.replace('_', '.'), key));
        return dotted;
    }

    private static Set<String> sections(Set<String> names) {
        Set<String> sections = new TreeSet<>();
        for (String name : names) {
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                sections.add(name.substring(0, dot));
            }
        }
        return Collections.unmodifiableSet(sections);
    }

    /** The path by the one name that a driver has here. */
    static List<String> withoutAlias(List<String> path) {
        if (path.size() < 2 || !path.get(0).equals("storage") || !ALIASES.containsKey(path.get(1))) {
            return path;
        }
        List<String> renamed = new ArrayList<>(path);
        renamed.set(1, ALIASES.get(path.get(1)));
        return renamed;
    }

    static Collection<Key<?>> all() {
        return Collections.unmodifiableCollection(TABLE.values());
    }

    static Optional<Key<?>> find(String name) {
        return Optional.ofNullable(TABLE.getOrDefault(name, DOTTED.get(name)));
    }

    /** Whether there are keys beneath this name. */
    static boolean isSection(String name) {
        return SECTIONS.contains(name) || DOTTED_SECTIONS.contains(name);
    }

    /** The known key or section that was most likely meant. */
    static String nearest(String name) {
        Set<String> known = new TreeSet<>(TABLE.keySet());
        known.addAll(SECTIONS);
        return Nearest.to(name, known);
    }
}
