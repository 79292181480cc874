package io.longshore.registry.client.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.model.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetNamesTest {
    @ParameterizedTest
    @CsvSource({
        "r.example/app:1,            1,       r.example/b:2,              '',    2",
        "r.example/app:1,            1,       r.example/b,                '',    1",
        "r.example/app:1,            1,       r.example/b,                3,     3",
        "r.example/app:1,            1,       r.example/b:2,              3 4,   2 3 4",
        "r.example/app,              latest,  r.example/b,                '',    latest",
        "r.example/app@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, '', oci:b, '', ''",
        "oci:a,                      '',      r.example/b,                '',    ''",
        "oci:a,                      1,       oci:b,                      '',    1",
        "oci:a:x/y:1,                x/y:1,   r.example/b,                '',    1",
        "oci:a:no tag,               no tag,  r.example/b,                '',    ''",
        "docker-archive:a.tar,       app:1,   r.example/b,                '',    1",
        "r.example/app:1,            1,       docker-archive:b.tar,       '',    r.example/app:1",
        "alpine,                     latest,  docker-archive:b.tar,       '',    docker.io/library/alpine:latest",
        "r.example/app:1,            1,       docker-archive:b.tar,       2,     r.example/app:2",
        "r.example/app:1,            1,       docker-archive:b.tar:x:3,   '',    x:3",
        "r.example/app:1,            1,       docker-archive:b.tar:x,     '',    docker.io/library/x:latest",
        "oci:a,                      1,       docker-archive:b.tar,       '',    ''"
    })
    void callsACopyAsIsSaidOrElseAsInItsSource(String from, String known, String to, String tags, String names) {
        Source source = new Source(Place.parse(from), null, "", Optional.of(known).filter(name -> !name.isEmpty()));

        assertThat(TargetNames.of(source, Place.parse(to), tags(tags))).containsExactlyElementsOf(words(names));
    }

    @Test
    void asksForTheNameOfAnImage() {
        Source source = new Source(Place.parse("oci:a"), null, "", Optional.empty());

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> TargetNames.of(source, Place.parse("docker-archive:b.tar"), tags("1")));
    }

    private static List<Tag> tags(String text) {
        return words(text).stream().map(Tag::parse).toList();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }
}
