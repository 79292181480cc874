package io.longshore.registry.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.longshore.registry.config.SigningAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {
    private static final RSAKey RSA = Issuer.rsa("rsa").key().toRSAKey();
    private static final ECKey EC = Issuer.ec("ec").key().toECKey();

    private static KeySet set(JWK... keys) throws IOException {
        return parse(new JWKSet(Arrays.asList(keys)).toString(false));
    }

    private static KeySet parse(String json) throws IOException {
        return KeySet.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void findsKeysByTheirIds() throws Exception {
        KeySet keys = set(RSA, EC);

        assertThat(keys.find("rsa")).singleElement()
                .satisfies(key -> assertThat(key.key()).isEqualTo(RSA.toPublicKey()));
        assertThat(keys.find("ec")).singleElement()
                .satisfies(key -> assertThat(key.key()).isEqualTo(EC.toPublicKey()));
        assertThat(keys.find("")).isEmpty();
        assertThat(keys.find("RSA")).isEmpty();
        assertThat(keys.size()).isEqualTo(2);
    }

    @Test
    void findsKeysWithoutIdByTheirThumbprint() throws Exception {
        KeySet keys = set(new RSAKey.Builder(RSA).keyID(null).build(), EC);

        assertThat(keys.find(RSA.computeThumbprint().toString())).hasSize(1);
        assertThat(keys.find(EC.computeThumbprint().toString())).isEmpty();
    }

    @Test
    void tokenNeedNotNameTheOnlyKey() throws Exception {
        assertThat(set(EC).find("")).hasSize(1);
        assertThat(set(EC).find("other")).isEmpty();
    }

    @Test
    void findsSeveralKeysOfOneIdButNotDozens() throws Exception {
        JWK[] same = new JWK[10];
        for (int i = 0; i < same.length; i++) {
            same[i] = new ECKeyGenerator(Curve.P_256).keyID("same").generate();
        }

        assertThat(set(same[0], same[1]).find("same")).hasSize(2);
        assertThat(set(same).find("same")).hasSize(5);
    }

    @Test
    void leavesOutWhatIsNoPublicKeyForSignatures() throws Exception {
        OctetSequenceKey secret = new OctetSequenceKeyGenerator(256).keyID("secret").generate();
        String json = new JWKSet(Arrays.<JWK>asList(
                secret,
                new RSAKey.Builder(RSA).keyID("encrypts").keyUse(KeyUse.ENCRYPTION).build(),
                new RSAKey.Builder(RSA).keyID("wraps").keyOperations(Set.of(KeyOperation.WRAP_KEY)).build(),
                new RSAKey.Builder(RSA).keyID("shared").algorithm(JWSAlgorithm.HS256).build(),
                EC)).toString(false);

        KeySet keys = parse(json);

        assertThat(keys.size()).isEqualTo(1);
        assertThat(keys.find("secret")).isEmpty();
        assertThat(keys.find("ec")).hasSize(1);
    }

    @Test
    void keysThatAreTooShortAreLeftOut() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        RSAPublicKey weak = (RSAPublicKey) generator.generateKeyPair().getPublic();

        assertThat(set(new RSAKey.Builder(weak).keyID("weak").build(), EC).find("weak")).isEmpty();
    }

    @Test
    void keyIsForTheAlgorithmThatItNames() throws Exception {
        KeySet keys = set(new RSAKey.Builder(RSA).algorithm(JWSAlgorithm.PS384).build());

        TrustedKey key = keys.find("rsa").get(0);
        assertThat(key.fits(SigningAlgorithm.PS384)).isTrue();
        assertThat(key.fits(SigningAlgorithm.RS256)).isFalse();
    }

    @Test
    void readsKeysOfEd25519() throws Exception {
        PublicKey key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
        byte[] encoded = key.getEncoded();
        Base64URL point = Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));

        KeySet keys = set(new OctetKeyPair.Builder(Curve.Ed25519, point).keyID("ed").build());

        assertThat(keys.find("ed")).singleElement().satisfies(found -> assertThat(found.key()).isEqualTo(key));
        assertThat(set(new OctetKeyPair.Builder(Curve.X25519, point).keyID("ed").build()).size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "1", "null", "[]", "{}", "{\"kty\":\"RSA\"}", "{\"kty\":\"XYZ\",\"kid\":\"a\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}", "{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"\"}",
        "{\"kty\":\"RSA\",\"n\":1,\"e\":true}",
        "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"eb5mfvncu6xVoGKVzocLBwKb_NstzijZWfKBWxb4F5g\","
                + "\"y\":\"SDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg\"}"
    })
    void oneBadKeyDoesNotSpoilTheOthers(String bad) throws Exception {
        KeySet keys = parse("{\"keys\":[" + bad + "," + EC.toPublicJWK().toJSONString() + "]}");

        assertThat(keys.size()).isEqualTo(1);
        assertThat(keys.find("ec")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"keys\":1}", "{\"keys\":null}", "<html>", "{\"keys\":[]}}"})
    void refusesWhatIsNoSet(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(IOException.class).hasMessageContaining("JSON Web Key Set");
    }

    @Test
    void refusesSetsOfAThousandLevels() {
        assertThatThrownBy(() -> parse("{\"keys\":" + "[".repeat(100_000))).isInstanceOf(IOException.class);
    }
}
