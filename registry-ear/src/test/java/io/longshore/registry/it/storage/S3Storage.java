package io.longshore.registry.it.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server, s3proxy, in a process of its own: its libraries are not those of the clients that are tested here. */
public final class S3Storage implements Storage, AutoCloseable {
    private static final String ACCESS_KEY = "registry-key";
    private static final String SECRET_KEY = "registry-secret";
    /** Written by the build of registry-ejb, whose tests use it, too. */
    private static final Path CLASS_PATH = Path.of("../registry-ejb/target/test.classpath");
    /** Without it, s3proxy logs each buffer that it reads, and has time for little else. */
    private static final Path LOGGING = Path.of("../registry-ejb/src/test/resources/logback-test.xml");

    private final Process process;
    private final URI endpoint;
    private final S3Client client;

    private S3Storage(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
        this.client = S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .build();
    }

    /** One that keeps its objects in memory. */
    static S3Storage start() {
        return start("jclouds.provider=transient-nio2\n");
    }

    /** One that keeps its objects in files, for large ones. The caller closes it. */
    public static S3Storage in(Path folder) {
        return start("jclouds.provider=filesystem-nio2\njclouds.filesystem.basedir=" + folder + "\n");
    }

    private static S3Storage start(String store) {
        try {
            int port = freePort();
            URI endpoint = URI.create("http://127.0.0.1:" + port);
            Path folder = Files.createDirectories(Path.of("target/it").toAbsolutePath());
            Path properties = Files.createTempFile(folder, "s3proxy-", ".properties");
            Files.writeString(properties, store + """
                    s3proxy.endpoint=%s
                    s3proxy.authorization=aws-v2-or-v4
                    s3proxy.identity=%s
                    s3proxy.credential=%s
                    jclouds.identity=unused
                    jclouds.credential=unused
                    """.formatted(endpoint, ACCESS_KEY, SECRET_KEY));
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx1g",
                            "-Dlogback.configurationFile=" + LOGGING,
                            "-cp", Files.readString(CLASS_PATH).strip(), "org.gaul.s3proxy.Main",
                            "--properties", properties.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("s3proxy.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "stop s3proxy"));
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> listens(port) || !process.isAlive());
            return new S3Storage(process, endpoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public int port() {
        return endpoint.getPort();
    }

    /** With small chunks, so that blobs of a test have several. */
    @Override
    public Map<String, String> freshAt(int port) {
        Map<String, String> variables = new HashMap<>(bucketAt(port));
        variables.put("REGISTRY_STORAGE_S3_CHUNKSIZE", "5MiB");
        return variables;
    }

    /** The variables of a new bucket, with all other settings as they come. */
    public Map<String, String> bucket() {
        return bucketAt(port());
    }

    private Map<String, String> bucketAt(int port) {
        String bucket = "bucket-" + UUID.randomUUID();
        client.createBucket(request -> request.bucket(bucket));
        return Map.of(
                "REGISTRY_STORAGE_S3_BUCKET", bucket,
                "REGISTRY_STORAGE_S3_REGIONENDPOINT", "http://127.0.0.1:" + port,
                "REGISTRY_STORAGE_S3_ACCESSKEY", ACCESS_KEY,
                "REGISTRY_STORAGE_S3_SECRETKEY", SECRET_KEY);
    }

    /** Where it listens. */
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        client.close();
        process.destroyForcibly();
    }
}
