package io.longshore.registry.storage.azure;

import io.longshore.registry.storage.StorageUnavailableException;
import io.longshore.registry.storage.object.Spool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Tries out what the driver needs, so that a wrong setting is known before the first push. */
final class StartCheck {
    /** Azure refuses what is signed with a clock that is wrong by a quarter of an hour. */
    private static final Duration MOST_SKEW = Duration.ofMinutes(10);

    private final AzureSettings settings;
    private final AzureContainer container;
    private final AzureNames names;
    private final Clock clock;

    StartCheck(AzureSettings settings, AzureContainer container, AzureNames names, Clock clock) {
        this.clock = clock;
        this.settings = settings;
        this.container = container;
        this.names = names;
    }

    void run() throws IOException {
        // named as a stage: what is left of a check that was interrupted is found as one
        String name = names.uploads() + AzureNames.newStage();
        try (Spool bytes = new Spool(Path.of(System.getProperty("java.io.tmpdir")))) {
            byte[] written = "written by the registry when it starts".getBytes(StandardCharsets.US_ASCII);
            bytes.append(ByteBuffer.wrap(written), written.length);
            container.put(name, bytes);
            read(name, written.length);
            container.signatures().readUrl(name, settings.addressLifetime());
            container.delete(name);
        } catch (RefusedException e) {
            throw new IOException(start() + advice(e), e);
        } catch (NoTokenException e) {
            throw new IOException(start() + "Entra ID gives no token: check the credentials (" + e.getMessage() + ")");
        } catch (StorageUnavailableException e) {
            throw new IOException(
                    start() + "it does not answer: check the name of the account, the realm or service URL, and the"
                            + " network (" + e.getMessage() + ")", e);
        }
    }

    private void read(String name, int sizeBytes) throws IOException {
        try (AzureContent content = AzureContent.open(container, name, null, 0)) {
            if (content.sizeBytes() != sizeBytes || content.read(ByteBuffer.allocate(sizeBytes), 0) <= 0) {
                throw new IOException(start() + "it does not give back what was written");
            }
        }
    }

    private String start() {
        return "cannot keep blobs in the container " + settings.container() + " of the Azure storage account "
                + settings.accountName() + " at " + settings.endpoint() + ": ";
    }

    private String advice(RefusedException refused) {
        String answer = " (" + refused.getMessage() + ")";
        Duration skew = refused.serverTime()
                .map(time -> Duration.between(time, clock.instant()))
                .orElse(Duration.ZERO);
        if (skew.abs().compareTo(MOST_SKEW) > 0) {
            return "the clock of this machine is " + skew.abs().toMinutes() + " minutes "
                    + (skew.isNegative() ? "behind" : "ahead of") + " that of Azure: set it" + answer;
        }
        if (refused.says("ContainerNotFound")) {
            return "there is no such container: create it, or correct its name" + answer;
        }
        if (refused.status() == 401 || refused.status() == 403) {
            return refusal() + ", and that the firewall of the account lets this machine in" + answer;
        }
        return "check the name of the account, the service URL and the container" + answer;
    }

    private String refusal() {
        return settings.credential() instanceof AzureCredential.SharedKey
                ? "the credentials are refused: check the name of the account and its key"
                : "the credentials are refused: check that they have the role Storage Blob Data Contributor";
    }
}
