package io.longshore.registry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagTest {
    /** OCI distribution-spec, Pulling manifests: as it stands there, and length. */
    private static final Pattern SPECIFIED = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    @ParameterizedTest
    @ValueSource(strings = {"latest", "1", "_", "__", "V1.0-rc.1_x", "a.", "a-", "a..b", "blobs"})
    void takesTagsOfTheGrammar(String tag) {
        assertThat(Tag.parse(tag)).isEqualTo(new Tag(tag)).hasToString(tag);
        assertThat(Tag.parse(tag).value()).isEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ".a", "-a", "..", "a b", "a/b", "a:b", "a+b", "a@b", "latest\n", "\nlatest", "a\u0000", "é", "٣", "ａ",
        "sha256:00"
    })
    void refusesAllOthers(String tag) {
        assertThat(isTaken(tag)).isFalse();
    }

    @Test
    void isAtMost128CharactersLong() {
        assertThat(isTaken("a".repeat(128))).isTrue();
        assertThat(isTaken("a".repeat(129))).isFalse();
        assertThat(isTaken("a".repeat(5_000_000))).isFalse();
    }

    @Property
    void agreesWithTheSpecification(@ForAll("almostTags") String tag) {
        assertThat(isTaken(tag)).isEqualTo(SPECIFIED.matcher(tag).matches());
    }

    @Property
    void agreesWithTheSpecificationOnAnyText(@ForAll String text) {
        assertThat(isTaken(text)).isEqualTo(SPECIFIED.matcher(text).matches());
    }

    @Provide
    Arbitrary<String> almostTags() {
        Arbitrary<Character> mostly = Arbitraries.frequencyOf(
                Tuple.of(60, Arbitraries.of('a', 'Z', '0', '9', '_', '.', '-')),
                Tuple.of(1, Arbitraries.chars().ascii()));
        return mostly.list().ofMinSize(0).ofMaxSize(140).map(characters -> {
            StringBuilder tag = new StringBuilder();
            characters.forEach(tag::append);
            return tag.toString();
        });
    }

    private static boolean isTaken(String tag) {
        RegistryException refusal = catchThrowableOfType(RegistryException.class, () -> Tag.parse(tag));
        if (refusal != null) {
            assertThat(refusal.kind()).isEqualTo(RegistryException.Kind.INVALID);
            assertThat(refusal.errors().get(0).code()).isEqualTo(ErrorCode.TAG_INVALID);
        }
        return refusal == null;
    }
}
