package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditConfigTest {

    @Test
    void keepsTheAuditForAYear() {
        assertThat(Given.nothing().config().audit().retention()).contains(Duration.ofDays(365));
    }

    @Test
    void takesTheRetention() {
        assertThat(Given.file("audit: {retention: 2160h}").config().audit().retention()).contains(Duration.ofDays(90));
        assertThat(Given.key("audit.retention", "24h").config().audit().retention()).contains(Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0s", "0h0m"})
    void keepsTheAuditForEver(String zero) {
        assertThat(Given.key("audit.retention", zero).config().audit().retention()).isEmpty();
    }

    /** Such as hours that were meant to be days: what is removed does not come back. */
    @ParameterizedTest
    @ValueSource(strings = {"1ns", "90m", "23h59m59s", "876000h1s"})
    void rejectsARetentionOutsideOfTheRange(String retention) {
        assertThat(Given.key("audit.retention", retention).problems())
                .containsExactly("audit.retention (REGISTRY_AUDIT_RETENTION): expected 0 or a duration from 24h to"
                        + " 876000h, not \"" + retention + "\"");
    }
}
