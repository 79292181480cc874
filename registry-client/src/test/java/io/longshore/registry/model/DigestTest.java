package io.longshore.registry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    private static final String EMPTY_SHA256 =
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String EMPTY_SHA512 =
            "sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                    + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";
    private static final String HEX_63 = "000000000000000000000000000000000000000000000000000000000000000";

    @Test
    void isTheHashThatTheSpecificationsName() {
        assertThat(Digest.of(DigestAlgorithm.SHA256, new byte[0])).hasToString(EMPTY_SHA256);
        assertThat(Digest.of(DigestAlgorithm.SHA512, new byte[0])).hasToString(EMPTY_SHA512);
        assertThat(Digest.of(DigestAlgorithm.SHA256, "{}".getBytes(StandardCharsets.UTF_8)).hex())
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }

    @ParameterizedTest
    @ValueSource(strings = {EMPTY_SHA256, EMPTY_SHA512})
    void readsWhatItWrites(String text) {
        Digest digest = Digest.parse(text);

        assertThat(digest).hasToString(text);
        assertThat(digest.algorithm().id() + ":" + digest.hex()).isEqualTo(text);
        assertThat(digest.hash()).hasSize(digest.algorithm().sizeBytes());
        assertThat(Digest.ofHash(digest.algorithm(), digest.hash())).isEqualTo(digest).hasSameHashCodeAs(digest);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ":", "sha256", "sha256:", ":" + HEX_63 + "0", "sha256:" + HEX_63, "sha256:" + HEX_63 + "00",
        "sha256:" + HEX_63 + "A", "sha256:" + HEX_63 + "g", "sha256:" + HEX_63 + "\n", "sha256:" + HEX_63 + "٣",
        "sha256:" + HEX_63 + "０", "sha512:" + HEX_63 + "0", "SHA256:" + HEX_63 + "0", "sha256 :" + HEX_63 + "0",
        " sha256:" + HEX_63 + "0", "sha256::" + HEX_63, "sha256%3A" + HEX_63 + "0", "sha1:" + HEX_63 + "0",
        "blake3:" + HEX_63 + "0", "sha256+b64u:LCa0a2j_xo_5m0U8HTBBNBNCLXBkg7-g-YpeiGJm564"
    })
    void refusesWhatIsNoDigest(String text) {
        assertThat(refused(text)).isPresent();
    }

    @Test
    void namesTheAlgorithmsItKnows() {
        assertThat(refused("md5:d41d8cd98f00b204e9800998ecf8427e")).hasValueSatisfying(
                refusal -> assertThat(refusal.getMessage()).contains("sha256", "sha512"));
        assertThat(DigestAlgorithm.parse("sha256")).isSameAs(DigestAlgorithm.SHA256);
        assertThat(DigestAlgorithm.parse("sha512")).isSameAs(DigestAlgorithm.SHA512);
    }

    @Property
    void survivesItsOwnText(@ForAll DigestAlgorithm algorithm, @ForAll byte[] content) {
        Digest digest = Digest.of(algorithm, content);
        assertThat(Digest.parse(digest.toString())).isEqualTo(digest).hasSameHashCodeAs(digest);
    }

    @Property
    void isTheSameHoweverTheContentIsFed(@ForAll DigestAlgorithm algorithm, @ForAll byte[] first, @ForAll byte[] rest) {
        MessageDigest hashed = algorithm.newMessageDigest();
        hashed.update(first);
        hashed.update(rest);
        byte[] whole = new byte[first.length + rest.length];
        System.arraycopy(first, 0, whole, 0, first.length);
        System.arraycopy(rest, 0, whole, first.length, rest.length);

        assertThat(Digest.of(algorithm, hashed)).isEqualTo(Digest.of(algorithm, whole));
        assertThat(Digest.of(algorithm, hashed)).as("reset").isEqualTo(Digest.of(algorithm, new byte[0]));
    }

    @Property
    void anyTextIsADigestWrittenInTheOneWayOrRefused(@ForAll("almostDigests") String text) {
        boolean valid = text.matches("sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}");
        assertThat(refused(text).isEmpty()).isEqualTo(valid);
        if (valid) {
            assertThat(Digest.parse(text)).hasToString(text);
        }
    }

    @Provide
    Arbitrary<String> almostDigests() {
        Arbitrary<String> name = Arbitraries.of("sha256:", "sha512:", "sha384:", "sha256", "");
        Arbitrary<String> hex = Arbitraries.strings().withCharRange('a', 'f').numeric().ofLength(64);
        Arbitrary<String> more = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just("")),
                Tuple.of(2, hex),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(3)));
        return Combinators.combine(name, hex, more).as((a, b, c) -> a + b + c);
    }

    @Test
    void differsByAlgorithmAndHash() {
        Digest digest = Digest.parse("sha256:" + HEX_63 + "0");
        assertThat(digest)
                .isNotEqualTo(Digest.parse("sha256:" + HEX_63 + "1"))
                .isNotEqualTo(Digest.parse("sha512:" + "0".repeat(128)))
                .isNotEqualTo(null)
                .isNotEqualTo("sha256:" + HEX_63 + "0");
    }

    @Test
    void keepsItsHashToItself() {
        byte[] hash = new byte[32];
        Digest digest = Digest.ofHash(DigestAlgorithm.SHA256, hash);
        hash[0] = 1;
        digest.hash()[1] = 1;
        assertThat(digest.hash()).containsOnly(0);
    }

    @Test
    void hasAHashOfTheRightLength() {
        assertThatIllegalArgumentException().isThrownBy(() -> Digest.ofHash(DigestAlgorithm.SHA256, new byte[64]));
        assertThatIllegalArgumentException().isThrownBy(() -> Digest.ofHash(DigestAlgorithm.SHA512, new byte[32]));
    }

    private static Optional<RegistryException> refused(String text) {
        Optional<RegistryException> refusal =
                Optional.ofNullable(catchThrowableOfType(RegistryException.class, () -> Digest.parse(text)));
        refusal.ifPresent(e -> assertThat(e.errors()).extracting(RegistryException.Error::code)
                .containsExactly(ErrorCode.DIGEST_INVALID));
        return refusal;
    }
}
