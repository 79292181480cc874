package io.longshore.registry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {
    /** OCI distribution-spec, Pulling manifests: as it stands there. */
    private static final Pattern SPECIFIED =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

    @ParameterizedTest
    @ValueSource(strings = {
        "a", "0", "library/alpine", "a.b", "a_b", "a__b", "a-b", "a---b", "a/b/c/d/e", "blobs/uploads", "v2/manifests",
        "a/tags/list", "referrers", "x.y_z-0__1--2/3"
    })
    void takesNamesOfTheGrammar(String name) {
        assertThat(RepositoryName.parse(name).value()).isEqualTo(name);
        assertThat(RepositoryName.parse(name)).hasToString(name).isEqualTo(new RepositoryName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "/", "/a", "a/", "a//b", "A", "aB", "a___b", "a..b", "a._b", "a_-b", "a-", "-a", ".a", "a.", "_a", "a__",
        "a/.b", "a/-", "../a", "a/../b", "a b", "a%2fb", "a\\b", "a:b", "a@b", "a\n", "\na", "a\u0000", "ä", "٣",
        "ａ", "a/b?", "a;b"
    })
    void refusesAllOthers(String name) {
        assertThat(isTaken(name)).isFalse();
    }

    @Test
    void isAtMost255CharactersLong() {
        assertThat(isTaken("a".repeat(255))).isTrue();
        assertThat(isTaken("a".repeat(256))).isFalse();
        assertThat(isTaken("a/".repeat(127) + "a")).isTrue();
        assertThat(isTaken("a/".repeat(127) + "ab")).isFalse();
    }

    @Test
    void agreesWithTheSpecificationOnEveryShortName() {
        agreesFrom("", 7);
    }

    private static void agreesFrom(String prefix, int more) {
        assertThat(isTaken(prefix)).as(prefix).isEqualTo(SPECIFIED.matcher(prefix).matches());
        if (more > 0) {
            for (char c : new char[] {'a', '.', '_', '-', '/'}) {
                agreesFrom(prefix + c, more - 1);
            }
        }
    }

    @Property
    void agreesWithTheSpecificationOnAnyName(@ForAll("almostNames") String name) {
        assertThat(isTaken(name)).isEqualTo(SPECIFIED.matcher(name).matches());
    }

    @Property
    void agreesWithTheSpecificationOnAnyText(@ForAll String text) {
        assertThat(isTaken(text)).isEqualTo(text.length() <= 255 && SPECIFIED.matcher(text).matches());
    }

    @Provide
    Arbitrary<String> almostNames() {
        return Arbitraries.of("a", "b0", "z9", "9", "/", "/", ".", "_", "__", "-", "--", "A", "é")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a-", "a--", "a_", "a__", "a.", "a/", "a-a", "0.0_", "-", "/"})
    void answersAtOnceHoweverLongTheTextAndLateTheMistake(String part) {
        String longest = part.repeat(255).substring(0, 254);
        for (String end : new String[] {"!", "A", "/", "-", "\n"}) {
            assertThat(isTaken(longest + end)).isFalse();
        }
        assertThat(isTaken(part.repeat(1_000_000) + "!")).isFalse();
    }

    @Test
    void quotesTheNameWithoutItsControlCharacters() {
        String name = "a\r\nb\u001b[1m" + "x".repeat(999);
        RegistryException refusal = catchThrowableOfType(RegistryException.class, () -> RepositoryName.parse(name));
        assertThat(refusal.errors()).singleElement().satisfies(error -> {
            assertThat(error.detail()).startsWith("a??b?[1mxxx").hasSizeLessThan(210);
            assertThat(error.message()).contains("255", "lower-case");
        });
    }

    private static boolean isTaken(String name) {
        RegistryException refusal =
                catchThrowableOfType(RegistryException.class, () -> RepositoryName.parse(name));
        if (refusal != null) {
            assertThat(refusal.kind()).isEqualTo(RegistryException.Kind.INVALID);
            assertThat(refusal.errors().get(0).code()).isEqualTo(ErrorCode.NAME_INVALID);
        }
        return refusal == null;
    }
}
