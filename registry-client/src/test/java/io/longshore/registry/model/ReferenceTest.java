package io.longshore.registry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {
    @Test
    void isADigestOrATag() {
        Digest digest = Digest.of(DigestAlgorithm.SHA256, new byte[0]);

        assertThat(Reference.parse(digest.toString())).isEqualTo(digest);
        assertThat(Reference.parse("latest")).isEqualTo(new Tag("latest"));
    }

    @Test
    void takesTheTagThatStandsForADigestForATag() {
        String fallback = "sha256-" + "0".repeat(64);

        assertThat(Reference.parse(fallback)).isEqualTo(new Tag(fallback));
        assertThat(Reference.parse(fallback + ".sig")).isEqualTo(new Tag(fallback + ".sig"));
    }

    @ParameterizedTest
    @CsvSource({
        "sha256:00, DIGEST_INVALID", "latest:1, DIGEST_INVALID", ":, DIGEST_INVALID", "a:, DIGEST_INVALID",
        ".a, TAG_INVALID", "'', TAG_INVALID", "a b, TAG_INVALID"
    })
    void saysWhichOfTheTwoItIsNot(String text, ErrorCode code) {
        RegistryException refusal = catchThrowableOfType(RegistryException.class, () -> Reference.parse(text));

        assertThat(refusal.errors()).extracting(RegistryException.Error::code).containsExactly(code);
    }

    @Property
    void anyTextIsAReferenceThatIsWrittenLikeItOrRefused(@ForAll String text) {
        try {
            assertThat(Reference.parse(text)).hasToString(text);
        } catch (RegistryException refusal) {
            assertThat(refusal.errors()).extracting(RegistryException.Error::code)
                    .containsExactly(text.contains(":") ? ErrorCode.DIGEST_INVALID : ErrorCode.TAG_INVALID);
        }
    }
}
