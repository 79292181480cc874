package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private static final Source FILE = Source.file("a.yml");

    private final Problems problems = new Problems();

    private Value read(String yaml) {
        return YamlReader.read(yaml, FILE, problems);
    }

    private void hasProblem(String text) {
        assertThatExceptionOfType(ConfigException.class).isThrownBy(problems::throwIfAny).withMessageContaining(text);
    }

    @Test
    void keepsScalarsAsTheyAreWrittenAndKnowsTheirLines() {
        Value value = read("""
                # a comment
                a: 0.10
                b: [0123, "true", ~]
                c:
                  d: |
                    text
                e:

                  - f
                g:
                """);

        assertThat(value).isEqualTo(new Value.Entries(
                Map.of(
                        "a", new Value.Text("0.10", FILE.line(2)),
                        "b", new Value.Items(
                                List.of(
                                        new Value.Text("0123", FILE.line(3)),
                                        new Value.Text("true", FILE.line(3)),
                                        new Value.Nothing(FILE.line(3))),
                                FILE.line(3)),
                        "c", new Value.Entries(Map.of("d", new Value.Text("text\n", FILE.line(5))), FILE.line(4)),
                        "e", new Value.Items(List.of(new Value.Text("f", FILE.line(9))), FILE.line(7)),
                        "g", new Value.Nothing(FILE.line(10))),
                FILE.line(2)));
        assertThatNoException().isThrownBy(problems::throwIfAny);
    }

    @Test
    void takesAnchorsAndMergeKeys() {
        Value value = read("a: &x {b: c}\nd: *x\ne: {<<: *x, f: g}");

        assertThatNoException().isThrownBy(problems::throwIfAny);
        Map<String, Value> entries = ((Value.Entries) value).entries();
        assertThat(((Value.Entries) entries.get("d")).entries()).containsOnlyKeys("b");
        assertThat(((Value.Entries) entries.get("e")).entries()).containsOnlyKeys("b", "f");
    }

    @Test
    void refusesStructuresThatContainThemselves() {
        read("a: &x [*x]");

        hasProblem("a structure that contains itself");
    }

    @Test
    void refusesDeepNesting() {
        read("[".repeat(60) + "]".repeat(60));

        hasProblem("more than 50 levels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: !!java.util.Date 2020-01-01", "a: !thing b", "!thing {a: b}", "a: !thing [b]"})
    void buildsNoObjects(String yaml) {
        read(yaml);

        hasProblem("no YAML tag is understood here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: b: c", "a: [b", "{a: b", "a: 'b", "\ta: b", "a: *b", "a: b\n---\nc: d", "a: \u0001"})
    void saysThatItIsNoYaml(String yaml) {
        read(yaml);

        hasProblem("not valid YAML");
    }

    @Test
    void saysWhere() {
        read("a: b\nc: d: e\n");

        hasProblem("a.yml line 2 column 5: not valid YAML");
    }
}
