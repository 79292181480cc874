package io.longshore.registry.notification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
    /** Id, time, body, secret and signature are those by which the libraries of Standard Webhooks are tested. */
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";

    private static final Instant AT = Instant.ofEpochSecond(1614265330, 999_999_999);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final Secret KNOWN = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final String KNOWN_SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static Secret encoded(int bytes) {
        return Secret.of("whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]));
    }

    @Test
    void signsAsStandardWebhooksSay() {
        assertThat(Signature.headers(List.of(KNOWN), ID, AT, BODY))
                .hasSize(3)
                .containsEntry("webhook-id", ID)
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", KNOWN_SIGNATURE);
    }

    @Test
    void signsWithBothSecretsWhileOneIsReplaced() {
        Secret newer = Secret.of("a text that is long enough");
        String signature = Signature.headers(List.of(newer), ID, AT, BODY).get("webhook-signature");

        assertThat(Signature.headers(List.of(newer, KNOWN), ID, AT, BODY))
                .containsEntry("webhook-signature", signature + " " + KNOWN_SIGNATURE);
    }

    @Test
    void takesTheBytesOfATextAsTheKey() {
        byte[] key = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        String text = "x".repeat(key.length);
        Secret same = Secret.of("whsec_" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));

        assertThat(Signature.headers(List.of(Secret.of(text)), ID, AT, BODY))
                .isEqualTo(Signature.headers(List.of(same), ID, AT, BODY));
    }

    @Test
    void saysNothingOfASignatureWithoutASecret() {
        assertThat(Signature.headers(List.of(), ID, AT, BODY)).containsOnlyKeys("webhook-id", "webhook-timestamp");
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 25, 32, 64})
    void takesKeysOf24To64Bytes(int bytes) {
        assertThatCode(() -> Signature.check(encoded(bytes))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 65})
    void refusesShorterAndLongerKeys(int bytes) {
        assertThatThrownBy(() -> Signature.check(encoded(bytes))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "too short", "whsec_not*base64*not*base64*not*base64"})
    void refusesWhatIsNoSecretAndDoesNotRepeatIt(String text) {
        assertThatThrownBy(() -> Signature.check(Secret.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessage("expected a secret of whsec_ and 24 to 64 bytes in Base64, or a text of at least 24 bytes");
    }

    @Test
    void makesSecretsThatCanBeUsed() {
        Secret secret = Signature.secret(new SecureRandom());

        assertThat(secret.reveal()).startsWith("whsec_").hasSize(50);
        assertThatCode(() -> Signature.check(secret)).doesNotThrowAnyException();
    }

    @Test
    void namesOneEventByItsOwnId() {
        assertThat(Signature.id(List.of(Events.ping()))).isEqualTo(Events.ID.toString());
    }

    @Test
    void namesABatchByItsEventsAndTheirOrder() {
        UUID first = UUID.fromString("00000000-0000-4000-8000-000000000001");
        UUID second = UUID.fromString("00000000-0000-4000-8000-000000000002");
        String id = Signature.id(List.of(Events.ping(first), Events.ping(second)));

        assertThat(UUID.fromString(id).version()).isEqualTo(8);
        assertThat(UUID.fromString(id).variant()).isEqualTo(2);
        assertThat(Signature.id(List.of(Events.ping(first), Events.ping(second)))).isEqualTo(id);
        assertThat(Signature.id(List.of(Events.ping(second), Events.ping(first)))).isNotEqualTo(id);
    }
}
