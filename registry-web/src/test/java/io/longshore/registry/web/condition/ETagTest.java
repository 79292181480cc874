package io.longshore.registry.web.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ETagTest {
    private static final Digest DIGEST = Digest.of(DigestAlgorithm.SHA256, new byte[0]);
    private static final String OTHER = "\"sha256:0000000000000000000000000000000000000000000000000000000000000000\"";

    private final ETag tag = ETag.of(DIGEST);

    @Test
    void isTheDigestInQuotes() {
        assertThat(tag).hasToString('"' + DIGEST.toString() + '"');
    }

    @Test
    void isKnownToWhoeverSendsItInAnyOfTheWays() {
        assertThat(tag.isIn(tag.toString())).isTrue();
        assertThat(tag.isIn("W/" + tag)).isTrue();
        assertThat(tag.isIn(OTHER + " , " + tag)).isTrue();
        assertThat(tag.isIn("W/" + OTHER + ",W/" + tag + ",")).isTrue();
        assertThat(tag.isIn("\"a,b\", " + tag)).isTrue();
        assertThat(tag.isIn("*")).isTrue();
    }

    @Test
    void isNotKnownToAnyoneElse() {
        assertThat(tag.isIn(null)).isFalse();
        assertThat(tag.isIn("")).isFalse();
        assertThat(tag.isIn(OTHER)).isFalse();
        assertThat(tag.isIn(DIGEST.toString())).isFalse();
        assertThat(tag.isIn("w/" + tag)).isFalse();
        assertThat(tag.isIn("\"*\"")).isFalse();
    }

    @Test
    void permitsARangeOfTheSameContentOnly() {
        assertThat(tag.permitsRange(null)).isTrue();
        assertThat(tag.permitsRange(tag.toString())).isTrue();
        assertThat(tag.permitsRange(OTHER)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "Wed, 21 Oct 2015 07:28:00 GMT"})
    void permitsNoRangeOnADateOrAnythingElse(String ifRange) {
        assertThat(tag.permitsRange(ifRange)).isFalse();
        assertThat(tag.permitsRange("W/" + tag)).isFalse();
    }
}
