package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4194304, 4194304",
        "7B, 7",
        "1KiB, 1024",
        "4MiB, 4194304",
        "3GiB, 3221225472",
        "2TiB, 2199023255552",
        "8388607TiB, 9223370937343148032"
    })
    void readsBytesAndUnits(String text, long bytes) {
        assertThat(DataSize.parse(text)).isEqualTo(new DataSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "MiB", "4MB", "4M", "4mib", "4 MiB", "-1", "1.5GiB", "8388608TiB", "9999999999999999999"
    })
    void refusesOtherForms(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSize.parse(text))
                .withMessageStartingWith("expected a size such as ");
    }

    @Test
    void refusesNegativeSizes() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DataSize(-1));
    }

    @Test
    void printsLargestUnitThatFits() {
        assertThat(DataSize.ofMiB(4)).hasToString("4MiB");
        assertThat(DataSize.ofKiB(1025)).hasToString("1025KiB");
        assertThat(new DataSize(1025)).hasToString("1025");
        assertThat(new DataSize(0)).hasToString("0");
        assertThat(new DataSize(1L << 52)).hasToString("4096TiB");
    }

    @Property(tries = 200)
    void printedSizeIsReadBack(@ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long bytes) {
        assertThat(DataSize.parse(new DataSize(bytes).toString())).isEqualTo(new DataSize(bytes));
    }
}
