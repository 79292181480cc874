package io.longshore.registry.storage.azure;

import static io.longshore.registry.storage.azure.Interference.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.storage.blob.BlobContainerClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong setting is known at the start; the message says what to do, and nothing says what must not be seen. */
@ExtendWith(AzuriteExtension.class)
class AzureStartCheckTest {
    private static final String WRONG_KEY = "aHVudGVyMiwgYnV0IHdyb25n";

    private Azurite azurite;
    private BlobContainerClient container;

    @BeforeEach
    void find(Azurite azurite) {
        this.azurite = azurite;
        this.container = azurite.newContainer();
    }

    private AzureSettings settings(String key, URI endpoint, String container) {
        return new AzureSettings(
                Azurite.ACCOUNT, new AzureCredential.SharedKey(key), endpoint, container, "", false, 2,
                Duration.ofMillis(1), Duration.ofMinutes(20), Optional.empty());
    }

    /** Everything that a log would show of a failure. */
    private static String refusal(AzureSettings settings) {
        IOException refusal = catchThrowableOfType(IOException.class, () -> AzureBlobStore.open(settings));
        StringWriter log = new StringWriter();
        refusal.printStackTrace(new PrintWriter(log));
        assertThat(log.toString() + settings)
                .doesNotContain(Azurite.KEY, WRONG_KEY, "sig=", "SharedKey " + Azurite.ACCOUNT);
        return refusal.getMessage();
    }

    @Test
    void aStoreThatWorksIsLeftAsItWas() throws Exception {
        AzureBlobStore.open(azurite.settings(container)).close();

        assertThat(container.listBlobs()).isEmpty();
    }

    @Test
    void aWrongKeyIsRefused() {
        assertThat(refusal(settings(WRONG_KEY, azurite.endpoint(), container.getBlobContainerName())))
                .startsWith("cannot keep blobs in the container " + container.getBlobContainerName()
                        + " of the Azure storage account " + Azurite.ACCOUNT + " at " + azurite.endpoint() + ": ")
                .contains("check the name of the account and its key");
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        assertThat(refusal(settings("hunter2!", azurite.endpoint(), container.getBlobContainerName())))
                .contains("not in Base64")
                .doesNotContain("hunter2");
    }

    @Test
    void aContainerThatIsNotThereIsRefused() {
        assertThat(refusal(settings(Azurite.KEY, azurite.endpoint(), "nowhere")))
                .contains("there is no such container: create it, or correct its name");
    }

    @Test
    void anotherAccountIsRefused() {
        URI other = URI.create("http://127.0.0.1:" + azurite.port() + "/another");

        assertThat(refusal(settings(Azurite.KEY, other, container.getBlobContainerName()))).contains("check");
    }

    @Test
    void anEndpointWhereNobodyListensIsRefused() throws Exception {
        URI nobody;
        try (Interference closed = new Interference(azurite.port())) {
            nobody = azurite.endpointAt(closed.port());
        }
        assertThat(refusal(settings(Azurite.KEY, nobody, container.getBlobContainerName())))
                .contains("it does not answer: check the name of the account, the realm or service URL")
                .contains("tried 3 times");
    }

    @Test
    void anEndpointThatHasNoAddressIsRefused() {
        assertThat(refusal(settings(Azurite.KEY, URI.create("https://longshore.blob.invalid"), "images")))
                .contains("it does not answer: check the name of the account, the realm or service URL");
    }

    @ParameterizedTest
    @CsvSource({"61, 6[01] minutes ahead of", "-61, 6[01] minutes behind"})
    void aClockThatIsWrongIsNamed(int minutes, String difference) throws Exception {
        AzureSettings settings = settings(WRONG_KEY, azurite.endpoint(), container.getBlobContainerName());
        AzureContainer refusing = new AzureContainer(
                settings, Connection.httpClient(HttpClient.newBuilder()), Limits.OF_AZURE, Runnable::run);
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new StartCheck(settings, refusing, new AzureNames("", false), wrong).run())
                .satisfies(refusal -> assertThat(refusal.getMessage())
                        .containsPattern("the clock of this machine is " + difference + " that of Azure: set it"));
    }

    @Test
    void aMissingRoleIsNamed() throws Exception {
        try (Interference way = new Interference(azurite.port())) {
            way.answer(1, of("DELETE", ""), 403, "AuthorizationPermissionMismatch");
            URI endpoint = azurite.endpointAt(way.port());

            assertThat(refusal(settings(Azurite.KEY, endpoint, container.getBlobContainerName())))
                    .contains("403 AuthorizationPermissionMismatch");
        }
    }
}
