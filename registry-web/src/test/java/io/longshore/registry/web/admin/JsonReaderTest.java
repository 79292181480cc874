package io.longshore.registry.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.model.RegistryException;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private final JsonReader reader = new JsonReader();

    private JsonBody read(String text, Charset charset) {
        try {
            return reader.readFrom(
                    JsonBody.class, JsonBody.class, new Annotation[0], MediaType.APPLICATION_JSON_TYPE, null,
                    new ByteArrayInputStream(text.getBytes(charset)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T read(String text, Function<Fields, T> form) {
        return read(text, StandardCharsets.UTF_8).as(form);
    }

    private void refuses(String text, Function<Fields, ?> form, String message) {
        assertThatThrownBy(() -> read(text, form))
                .isInstanceOf(RegistryException.Invalid.class)
                .hasMessage(message);
    }

    @Test
    void readsEachType() {
        String text = """
                {"name": "Älice", "on": true, "off": false, "none": null, "at": "2027-01-31T13:00:00+01:00",
                 "words": ["a", "b"], "things": [{"name": "x"}, {"name": "y"}]}""";
        read(text, fields -> {
            assertThat(fields.text("name")).isEqualTo("Älice");
            assertThat(fields.flag("on")).isTrue();
            assertThat(fields.flag("off")).isFalse();
            assertThat(fields.optionalText("none")).isEmpty();
            assertThat(fields.optionalInstant("at")).contains(Instant.parse("2027-01-31T12:00:00Z"));
            assertThat(fields.texts("words")).containsExactly("a", "b");
            assertThat(fields.objects("things", thing -> thing.text("name"))).containsExactly("x", "y");
            return null;
        });
    }

    @Test
    void whatIsNotThereIsEmpty() {
        read("{}", fields -> {
            assertThat(fields.optionalText("a")).isEmpty();
            assertThat(fields.flag("b")).isFalse();
            assertThat(fields.texts("c")).isEmpty();
            assertThat(fields.objects("d", thing -> thing)).isEmpty();
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "true", "{}", "[\"a\"]"})
    void convertsNothingToText(String value) {
        refuses("{\"name\": " + value + "}", fields -> fields.text("name"), "name: expected a text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "\"yes\"", "1", "{}"})
    void convertsNothingToTrueOrFalse(String value) {
        refuses("{\"on\": " + value + "}", fields -> fields.flag("on"), "on: expected true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"tomorrow\"", "\"2027-01-31\"", "\"2027-01-31T12:00:00\"", "\"\""})
    void takesTimesWithAZoneOnly(String value) {
        refuses("{\"at\": " + value + "}", fields -> fields.optionalInstant("at"),
                "at: expected a time such as 2027-01-31T12:00:00Z");
    }

    @Test
    void saysWhatIsMissing() {
        refuses("{}", fields -> fields.text("name"), "name: expected it to be there");
        refuses("{\"name\": null}", fields -> fields.text("name"), "name: expected it to be there");
        refuses("{}", fields -> fields.requiredFlag("on"), "on: expected it to be there");
    }

    @Test
    void refusesFieldsThatNobodyAskedFor() {
        refuses("{\"name\": \"a\", \"nam\": \"b\"}", fields -> fields.text("name"),
                "nam: there is no such field");
        refuses("{\"things\": [{\"x\": 1}]}", fields -> fields.objects("things", thing -> thing),
                "things[0].x: there is no such field");
    }

    @Test
    void saysWhereInAList() {
        refuses("{\"things\": [{\"name\": \"a\"}, {\"name\": 5}]}",
                fields -> fields.objects("things", thing -> thing.text("name")), "things[1].name: expected a text");
        refuses("{\"things\": [null]}", fields -> fields.objects("things", thing -> thing),
                "things[0]: expected an object");
        refuses("{\"words\": [\"a\", null]}", fields -> fields.texts("words"), "words[1]: expected a text");
        refuses("{\"words\": \"a\"}", fields -> fields.texts("words"), "words: expected a list");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "~~", "null", "[]", "\"x\"", "{", "{\"a\":1", "{a:1}", "{\"a\":1,}", "/**/{}", "{'a':1}", "{\"a\":01}",
        "{} x", "{}{}", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":1,\"b\":1}}", "<a/>", "a=b"
    })
    void refusesWhatIsNotOneJsonObject(String text) {
        assertThatThrownBy(() -> read(text, fields -> fields)).isInstanceOf(RegistryException.Invalid.class)
                .hasMessageStartingWith("the body of the request: expected ");
    }

    @Test
    void refusesOtherEncodings() {
        for (Charset charset : List.of(StandardCharsets.UTF_16, StandardCharsets.ISO_8859_1)) {
            assertThatThrownBy(() -> read("{\"a\": \"ä\"}", charset)).isInstanceOf(RegistryException.Invalid.class);
        }
        assertThatThrownBy(() -> read("\ufeff{}", fields -> fields)).isInstanceOf(RegistryException.Invalid.class);
    }

    @Test
    void refusesWhatIsTooLarge() {
        String largest = read("{\"a\": \"" + "x".repeat((64 << 10) - 9) + "\"}", fields -> fields.text("a"));
        assertThat(largest).hasSize((64 << 10) - 9);
        assertThatThrownBy(() -> read("{\"a\": \"" + "x".repeat(64 << 10) + "\"}", fields -> fields))
                .isInstanceOfSatisfying(RegistryException.Refused.class, refused ->
                        assertThat(refused.kind()).isEqualTo(RegistryException.Kind.TOO_LARGE));
    }

    @Test
    void refusesWhatIsTooDeep() {
        int depth = 30_000;
        String deep = "{\"a\": " + "[".repeat(depth) + "]".repeat(depth) + "}";
        assertThatThrownBy(() -> read(deep, fields -> fields.texts("a"))).isInstanceOf(RegistryException.Invalid.class);
    }

    @Test
    void showsNoValues() {
        assertThatThrownBy(() -> read("{\"password\": \"geheim", fields -> fields.text("password")))
                .message().doesNotContain("geheim");
    }
}
