package io.longshore.registry.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.longshore.registry.access.jwt.TestClock;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.TestDatabase;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What lies in the database of private keys, and who can make use of it. */
class KeySealTest {
    private static final KeySeal SEAL = KeySeal.of(Optional.of(Secret.of("correct horse battery staple")));
    private static final KeySeal NONE = KeySeal.of(Optional.empty());

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private TestDatabase postgres;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    private SigningKeys node(TokenSettings settings) {
        SigningKeys node = TestKeys.node(postgres.database(), settings, clock);
        node.reload();
        return node;
    }

    private static ECKey pair() throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    }

    @Test
    void opensWhatItClosed() throws Exception {
        ECKey pair = pair();

        assertThat(SEAL.open(SEAL.close(pair), pair.getKeyID())).isEqualTo(pair);
        assertThat(NONE.open(NONE.close(pair), pair.getKeyID())).isEqualTo(pair);
    }

    @Test
    void neverWritesTheSameTwice() throws Exception {
        ECKey pair = pair();

        assertThat(SEAL.close(pair)).isNotEqualTo(SEAL.close(pair)).doesNotContain(pair.getD().toString());
    }

    @Test
    void opensNothingOfAnotherSecretAndNothingThatWasChanged() throws Exception {
        ECKey pair = pair();
        String sealed = SEAL.close(pair);
        char last = sealed.charAt(sealed.length() - 2);
        String changed = sealed.substring(0, sealed.length() - 2) + (last == 'A' ? 'B' : 'A')
                + sealed.charAt(sealed.length() - 1);

        for (String text : List.of(KeySeal.of(Optional.of(Secret.of("another"))).close(pair), changed, "", "x.y.z",
                NONE.close(pair), pair.toPublicJWK().toJSONString())) {
            assertThatThrownBy(() -> SEAL.open(text, pair.getKeyID())).isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void opensNoPairOfAnotherKeyAndNoPublicOne() throws Exception {
        ECKey pair = pair();

        assertThatThrownBy(() -> SEAL.open(SEAL.close(pair), pair().getKeyID()))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> NONE.open(pair.toPublicJWK().toJSONString(), pair.getKeyID()))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void theTableHasNoKeyThatCouldBeUsedWithoutTheSecret() {
        SigningKeys node = node(TestKeys.SETTINGS);

        assertThat(postgres.column("select private_key from signing_key")).singleElement().asString()
                .matches("[A-Za-z0-9_-]+\\.\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
        assertThat(postgres.column("select public_key from signing_key")).singleElement().asString()
                .doesNotContain("\"d\"");
        assertThat(node.published()).doesNotContain("\"d\"");
    }

    @Test
    void anotherSecretMakesAnotherKeyAndLogsNobodyOut() {
        SigningKeys before = node(TestKeys.withSecret("before"));
        SigningKeys after = node(TestKeys.withSecret("after"));

        assertThat(after.signer().kid()).isNotEqualTo(before.signer().kid());
        assertThat(after.find(before.signer().kid())).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(before.find(after.signer().kid())).isPresent();
        assertThat(node(TestKeys.withSecret("before")).signer().kid()).isEqualTo(before.signer().kid());
    }

    @Test
    void aKeyFromBeforeThereWasASecretStopsSoon() {
        SigningKeys open = node(TestKeys.withoutSecret());
        String readable = open.signer().kid();
        clock.advance(Duration.ofDays(1));
        SigningKeys sealed = node(TestKeys.SETTINGS);
        assertThat(sealed.signer().kid()).isNotEqualTo(readable);
        assertThat(sealed.find(readable)).isPresent();

        clock.advance(SigningKeys.SHORT_NOTICE.plus(TestKeys.LIFETIME).plus(Duration.ofMinutes(6)));
        sealed.reload();

        assertThat(sealed.find(readable)).isEmpty();
        assertThat(postgres.column("select kid from signing_key")).containsExactly(sealed.signer().kid());
    }

    @Test
    void aKeyThatCannotBeOpenedIsReplacedAndStillBelieved() {
        SigningKeys node = node(TestKeys.SETTINGS);
        String broken = node.signer().kid();
        postgres.run("update signing_key set private_key = 'x'");
        node.reload();

        assertThat(node.signer().kid()).isNotEqualTo(broken);
        assertThat(postgres.column("select count(*) from signing_key")).containsExactly("2");
    }

    @Test
    void aPublicKeyThatWasPutInPlaceOfAnotherIsNotBelieved() throws Exception {
        SigningKeys node = node(TestKeys.SETTINGS);
        String kid = node.signer().kid();
        postgres.run("update signing_key set public_key = '" + pair().toPublicJWK().toJSONString() + "'");
        node.reload();

        assertThat(node.find(kid)).isEmpty();
        assertThat(node.published()).doesNotContain(kid);
    }
}
