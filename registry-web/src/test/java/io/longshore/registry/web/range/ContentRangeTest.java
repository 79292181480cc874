package io.longshore.registry.web.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.upload.ChunkRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRangeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0-99",
                " 0-99 ",
                "bytes 0-99",
                "bytes=0-99",
                "bytes = 0-99",
                "Bytes 0-99/*",
                "bytes 0-99/100",
                "0-99/100",
                "0-99/4096",
                "00-099",
            })
    void readsEveryWayThatClientsWriteIt(String header) {
        assertThat(ContentRange.parse(header)).isEqualTo(new ChunkRange(0, 99));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes ",
                "-",
                "0-",
                "-99",
                "99-0",
                "0-99/99",
                "0-99/",
                "0-99/x",
                "0-99,100-199",
                "bytes0-99",
                "items 0-99",
                "bytes */100",
                "0x0-0x9",
                "0--1",
                "+0-9",
                "0-9999999999999999999",
                "99999999999999999999-99999999999999999999",
            })
    void refusesWhatIsNoRange(String header) {
        assertThatThrownBy(() -> ContentRange.parse(header))
                .isInstanceOfSatisfying(
                        RegistryException.Invalid.class,
                        refusal -> assertThat(refusal.errors().get(0).code()).isEqualTo(ErrorCode.RANGE_INVALID));
    }
}
