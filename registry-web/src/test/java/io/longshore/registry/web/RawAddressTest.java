package io.longshore.registry.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2",
                "/v2/",
                "/v2/_catalog",
                "/v2/library/alpine/manifests/3.20",
                "/v2/a/blobs/sha256:0123",
                "/v2/a/blobs/sha256%3A0123",
                "/v2/a%2Fb/tags/list",
                "/v2/a/blobs/uploads/",
                "/v2/a.b/__x/..y/z../...",
                "/v2/caf%C3%A9/tags/list",
            })
    void letsAddressesPassThatHaveOneMeaning(String path) {
        assertThatCode(() -> RawAddress.check(path, "n=5&last=%C3%A9&tag=a+b")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2//",
                "//v2/",
                "/v2//a/tags/list",
                "/v2/a;v=1/tags/list",
                "/v2/a/../b/tags/list",
                "/v2/..",
                "/v2/./a",
                "/v2/a/.",
                "/v2/%2e%2e/a",
                "/v2/a%2F..%2Fb",
                "/v2/a%2F%2Fb",
                "/v2/a%00",
                "/v2/a%0d%0a",
                "/v2/a%7F",
                "/v2/a\\b",
                "/v2/a%5cb",
                "/v2/a b",
                "/v2/a{b}",
                "/v2/caf\u00e9",
                "/v2/a%",
                "/v2/a%4",
                "/v2/a%zz",
                "/v2/a%+1",
                "/v2/%FF",
                "/v2/%C0%AF",
                "/v2/%ED%A0%80",
            })
    void refusesAddressesThatServersReadDifferently(String path) {
        assertThatThrownBy(() -> RawAddress.check(path, null))
                .isInstanceOfSatisfying(
                        RegistryException.Invalid.class,
                        refusal -> assertThat(refusal.errors().get(0).code()).isEqualTo(ErrorCode.NAME_INVALID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"digest=%", "digest=%f", "digest=%gg", "a=%FF", "a=%C3"})
    void refusesAQueryThatIsNotPercentEncodedUtf8(String query) {
        assertThatThrownBy(() -> RawAddress.check("/v2/", query)).isInstanceOf(RegistryException.Invalid.class);
    }

    @Test
    void takesARequestWithoutAQuery() {
        assertThatCode(() -> RawAddress.check("/v2/", null)).doesNotThrowAnyException();
    }

    @Property(tries = 500)
    void eitherPassesOrRefusesButNeverBreaks(
            @ForAll @StringLength(max = 40) @CharRange(from = 0, to = 300) String path,
            @ForAll @StringLength(max = 40) @CharRange(from = '!', to = ':') String query) {
        try {
            RawAddress.check(path, query);
        } catch (RegistryException.Invalid expected) {
            assertThat(expected.errors()).hasSize(1);
        }
    }
}
