package io.longshore.registry.client.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B", "999, 999 B", "1000, 1.00 kB", "9994, 9.99 kB", "9996, 10.0 kB", "12345, 12.3 kB", "99960, 100 kB",
        "999499, 999 kB", "999500, 1.00 MB", "5000000000, 5.00 GB", "9223372036854775807, 9.22 EB"
    })
    void saysThreeDigitsAndAUnit(long bytes, String text) {
        assertThat(Sizes.text(bytes)).isEqualTo(text);
    }
}
