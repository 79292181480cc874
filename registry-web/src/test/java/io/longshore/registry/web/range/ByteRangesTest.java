package io.longshore.registry.web.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.web.range.ByteRanges.NotSatisfiableException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangesTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=0-9, 0, 9",
        "bytes=10-19, 10, 19",
        "bytes=90-, 90, 99",
        "bytes=0-, 0, 99",
        "bytes=95-200, 95, 99",
        "bytes=-1, 99, 99",
        "bytes=-100, 0, 99",
        "bytes=-500, 0, 99",
        "BYTES=5-6, 5, 6",
        "bytes= 5-6 , 5, 6",
        "bytes=5-99999999999999999999999, 5, 99",
        "bytes=-99999999999999999999999, 0, 99",
    })
    void readsASinglePart(String header, long start, long end) throws Exception {
        assertThat(ByteRanges.parse(header, 100)).contains(List.of(new ByteRange(start, end)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes=-",
                "bytes=a-b",
                "bytes=5",
                "bytes=0-1;2-3",
                "bytes=0 - 1",
                "bytes=--1",
                "bytes=+1-2",
                "bytes=\u0661-\u0662",
                "lines=0-1",
                "0-1",
            })
    void ignoresWhatItDoesNotUnderstand(String header) throws Exception {
        assertThat(ByteRanges.parse(header, 100)).isEmpty();
    }

    @Test
    void sendsTheWholeWhereNothingIsAskedFor() throws Exception {
        assertThat(ByteRanges.parse(null, 100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=0-0", "bytes=-5", "bytes=7-"})
    void sendsTheWholeOfWhatIsEmpty(String header) throws Exception {
        assertThat(ByteRanges.parse(header, 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=100-",
                "bytes=100-200",
                "bytes=-0",
                "bytes=100-,200-300",
                "bytes=99999999999999999999-",
                "bytes=9-5",
                "bytes=0-1,9-5"
            })
    void refusesWhatLiesBehindTheEndOrEndsBeforeItBegins(String header) {
        assertThatThrownBy(() -> ByteRanges.parse(header, 100)).isInstanceOf(NotSatisfiableException.class);
    }

    @Test
    void keepsSeveralPartsInTheOrderAsked() throws Exception {
        assertThat(ByteRanges.parse("bytes=50-59, 0-9,-5", 100))
                .contains(List.of(new ByteRange(50, 59), new ByteRange(0, 9), new ByteRange(95, 99)));
    }

    @Test
    void leavesOutPartsBehindTheEndAndEmptyElements() throws Exception {
        assertThat(ByteRanges.parse("bytes=,100-110,, 5-6,", 100)).contains(List.of(new ByteRange(5, 6)));
    }

    @Test
    void joinsPartsThatOverlapOrTouch() throws Exception {
        assertThat(ByteRanges.parse("bytes=20-29,0-9,5-12,13-13", 100))
                .contains(List.of(new ByteRange(0, 13), new ByteRange(20, 29)));
    }

    @Test
    void takesSixteenPartsAndNotMore() throws Exception {
        assertThat(ByteRanges.parse(everyOther(16), 1000)).hasValueSatisfying(parts -> assertThat(parts)
                .hasSize(16));
        assertThat(ByteRanges.parse(everyOther(17), 1000)).isEmpty();
    }

    @Property(tries = 500)
    void neverBreaksOnAnyHeader(
            @ForAll @StringLength(max = 30) @Chars({'-', ',', ' ', '='}) @CharRange(from = '0', to = '9') String specs,
            @ForAll @IntRange(max = 1000) int size) {
        try {
            Optional<List<ByteRange>> parts = ByteRanges.parse("bytes=" + specs, size);
            parts.ifPresent(found -> assertThat(found).isNotEmpty().allSatisfy(part -> {
                assertThat(part.start()).isBetween(0L, part.end());
                assertThat(part.end()).isLessThan(size);
            }));
        } catch (NotSatisfiableException e) {
            assertThat(size).isPositive();
        }
    }

    @Property(tries = 500)
    void asksForEachByteOnceAndForNoOther(
            @ForAll @Size(min = 1, max = 16) List<@IntRange(max = 120) Integer> starts,
            @ForAll @IntRange(max = 40) int length) {
        String specs = starts.stream().map(start -> start + "-" + (start + length)).collect(Collectors.joining(","));
        List<Long> expected = IntStream.range(0, 100)
                .filter(i -> starts.stream().anyMatch(start -> i >= start && i <= start + length))
                .asLongStream()
                .boxed()
                .toList();
        try {
            List<Long> sent = ByteRanges.parse("bytes=" + specs, 100).orElseThrow().stream()
                    .flatMap(part -> LongStream.rangeClosed(part.start(), part.end()).boxed())
                    .sorted()
                    .toList();
            assertThat(sent).isEqualTo(expected);
        } catch (NotSatisfiableException e) {
            assertThat(expected).isEmpty();
        }
    }

    private static String everyOther(int parts) {
        return IntStream.range(0, parts)
                .mapToObj(i -> i * 10 + "-" + (i * 10 + 1))
                .collect(Collectors.joining(",", "bytes=", ""));
    }
}
