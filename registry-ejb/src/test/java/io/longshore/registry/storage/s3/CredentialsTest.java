package io.longshore.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that do not stand in the settings. */
class CredentialsTest {
    private final S3Server server = S3Server.shared();
    private final String bucket = server.newBucket();
    private final Map<String, String> before = new HashMap<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void askNobodyOutside() {
        set("aws.disableEc2Metadata", "true");
        set("aws.sharedCredentialsFile", directory.resolve("none").toString());
        set("aws.configFile", directory.resolve("none").toString());
    }

    @AfterEach
    void restore() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    private void set(String name, String value) {
        before.put(name, System.setProperty(name, value));
    }

    private S3Settings withoutKeys() {
        S3Settings usual = server.settings(bucket);
        return new S3Settings(
                bucket, "", Optional.empty(), usual.access(), usual.writing(), usual.addressLifetime());
    }

    @Test
    void noneAtAll() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> S3BlobStore.open(withoutKeys(), S3Server.LITTLE))
                .withMessageContaining("no keys were found")
                .withMessageContaining("`accesskey`");
    }

    @Test
    void systemPropertiesOfTheSdk() throws Exception {
        set("aws.accessKeyId", S3Server.KEYS.accessKey());
        set("aws.secretAccessKey", S3Server.KEYS.secretKey());

        S3BlobStore.open(withoutKeys(), S3Server.LITTLE).close();
    }

    @Test
    void webIdentityAsOfAServiceAccountOfKubernetes() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "the-token-of-the-account");
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer tokens = tokenService(asked);
        try {
            set("aws.webIdentityTokenFile", token.toString());
            set("aws.roleArn", "arn:aws:iam::123456789012:role/registry");
            set("aws.region", S3Server.REGION);
            set("aws.endpointUrlSts", "http://127.0.0.1:" + tokens.getAddress().getPort());
            Content content = Content.random(1000);
            try (S3BlobStore store = S3BlobStore.open(withoutKeys(), S3Server.LITTLE)) {
                Blobs.put(store, content);
                Blobs.assertBlob(store, content);
            }
            assertThat(asked).singleElement().asString()
                    .contains("Action=AssumeRoleWithWebIdentity", "the-token-of-the-account");
        } finally {
            tokens.stop(0);
        }
    }

    private static HttpServer tokenService(List<String> asked) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] answer = """
                <AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>
                <AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>
                <SessionToken>for-an-hour</SessionToken><Expiration>%s</Expiration>
                </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
                """.formatted(S3Server.KEYS.accessKey(), S3Server.KEYS.secretKey(), Instant.now().plusSeconds(3600))
                .getBytes(StandardCharsets.UTF_8);
        http.createContext("/", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        http.start();
        return http;
    }
}
