package io.longshore.registry.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QuotedTest {
    @Test
    void showsAShortInputAsItIs() {
        assertThat(Quoted.of("Größe 1/2 \"x\"")).isEqualTo("Größe 1/2 \"x\"");
        assertThat(Quoted.of("")).isEmpty();
        assertThat(Quoted.of("x".repeat(200))).isEqualTo("x".repeat(200));
    }

    @Test
    void cutsALongInput() {
        assertThat(Quoted.of("x".repeat(201))).isEqualTo("x".repeat(200) + "…");
    }

    @Property
    void canAlwaysBeShown(@ForAll String input) {
        String quoted = Quoted.of(input);

        assertThat(quoted).hasSizeLessThanOrEqualTo(201);
        assertThat(quoted.chars()).noneMatch(Character::isISOControl);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(quoted)).isTrue();
    }
}
