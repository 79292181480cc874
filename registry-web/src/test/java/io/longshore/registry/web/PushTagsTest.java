package io.longshore.registry.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.Tag;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PushTagsTest {

    @Test
    void takesEachTagOnceInTheOrderOfTheQuery() {
        assertThat(PushTags.parse(List.of("b", "a", "b"))).containsExactly(Tag.parse("b"), Tag.parse("a"));
        assertThat(PushTags.parse(List.of())).isEmpty();
    }

    @Test
    void takesAsManyAsItMayHoweverOftenTheyAreNamed() {
        List<String> twice = Stream.concat(names(PushTags.MOST), names(PushTags.MOST)).toList();

        assertThat(PushTags.parse(twice)).hasSize(PushTags.MOST);
    }

    @Test
    void refusesMore() {
        RegistryException refused = catchThrowableOfType(
                RegistryException.Refused.class, () -> PushTags.parse(names(PushTags.MOST + 1).toList()));

        assertThat(refused.kind()).isEqualTo(RegistryException.Kind.URI_TOO_LONG);
        assertThat(refused.errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo(ErrorCode.TAG_INVALID);
            assertThat(error.message()).contains("at most 100 tags, not 101");
        });
    }

    @Test
    void refusesWhatIsNoTag() {
        assertThatThrownBy(() -> PushTags.parse(List.of("a", "-b"))).isInstanceOf(RegistryException.Invalid.class);
    }

    @Test
    void listsSeveralTagsInOneHeaderAndAllOfThemInFew() {
        assertThat(PushTags.headerValues(List.of())).isEmpty();
        assertThat(PushTags.headerValues(PushTags.parse(List.of("a", "b")))).containsExactly("a, b");

        List<String> values = PushTags.headerValues(PushTags.parse(names(PushTags.MOST).toList()));

        assertThat(values).hasSize(10);
        assertThat(values).flatExtracting(value -> List.of(value.split(", ")))
                .containsExactlyElementsOf(names(PushTags.MOST).toList());
    }

    private static Stream<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "t" + i);
    }
}
