package io.longshore.registry.access.htpasswd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtpasswdUsersTest {
    private static final String REST = "$PLIbPllT03ybAAsTH4ZNkeuPLWnpel9wEBtIEwsFUwXjuGTlZgSIG";
    private static final String HASH = "$2y$04" + REST;

    @Test
    void readsNamesAndHashes() {
        HtpasswdUsers users = HtpasswdUsers.parse("\uFEFFalice:" + HASH + "\r\n\n  # comment: " + HASH + "\n  b ö:" + HASH);

        assertThat(users.hash("alice")).contains(HASH);
        assertThat(users.hash("b ö")).contains(HASH);
        assertThat(users.hash("# comment")).isEmpty();
        assertThat(users.problems()).isEmpty();
    }

    @Test
    void theLastOfTwoLinesCountsAndIsWarnedAbout() {
        String other = "$2b$05" + REST;
        HtpasswdUsers users = HtpasswdUsers.parse("alice:" + HASH + "\nalice:" + other + "\n");

        assertThat(users.hash("alice")).contains(other);
        assertThat(users.problems()).containsExactly("line 2 replaces an earlier one with the same name");
    }

    /** What htpasswd makes with -m, -s, -d, -5 and -p, a faulty version, costs out of bounds, and what is cut off. */
    @ParameterizedTest
    @ValueSource(strings = {
        "$apr1$4f2oRKHg$0lapfidDg5DeZl1eKiTsG1",
        "{SHA}2PRZAyDhNDqRW2OUFwZQqPNdaSY=",
        "wlvL7VYGmhcG6",
        "$6$f9k78qBFk2/cpFyN$A6WrN5Rb8QVLqFd.hOPFsPaz9O9/jbTKC2ixuLMX8wo8As6IEJv3drlRy7A13QgQkWCchSj/O.hVCe.QTAotD.",
        "plain",
        "",
        "$2x$04" + REST,
        "$2y$03" + REST,
        "$2y$18" + REST,
        "$2y$31" + REST,
        HASH + "A",
        HASH + ":more",
        "$2y$04$PLIbPllT03ybAAsTH4ZNkeuPLWnpel9wEBtIEwsFUwXjuGTlZgSI"
    })
    void ignoresOtherHashesAndShowsThemToNobody(String hash) {
        HtpasswdUsers users = HtpasswdUsers.parse("# users\nalice:" + hash + "\n");

        assertThat(users.hash("alice")).isEmpty();
        assertThat(users.problems()).containsExactly("line 2 is ignored: expected a hash of bcrypt with a cost from 4"
                + " to 17, such as htpasswd -B makes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "a\tb", "a\u001b[31m", "a\u0085b", "a\u2028b", "b\uFFFDb", "alice "})
    void ignoresNamesThatUsersCannotHave(String name) {
        HtpasswdUsers users = HtpasswdUsers.parse(name + ":" + HASH);

        assertThat(users.hash(name)).isEmpty();
        assertThat(users.problems()).singleElement().asString().startsWith("line 1 is ignored: expected NAME:HASH");
    }

    @Test
    void ignoresLinesWithoutAName() {
        assertThat(HtpasswdUsers.parse(HASH).problems()).hasSize(1);
        assertThat(HtpasswdUsers.parse("x".repeat(256) + ":" + HASH).problems()).hasSize(1);
    }

    @Test
    void unknownNamesAreComparedWithHashesOfAllCostsAlwaysTheSame() {
        String costly = "$2y$10" + REST;
        HtpasswdUsers users = HtpasswdUsers.parse("alice:" + HASH + "\nbob:" + costly + "\n");

        Set<String> decoys = IntStream.range(0, 100)
                .mapToObj(number -> users.decoy("unknown" + number).orElseThrow())
                .collect(Collectors.toSet());

        assertThat(decoys).containsExactlyInAnyOrder(HASH, costly);
        assertThat(users.decoy("mallory")).isEqualTo(users.decoy("mallory")).isPresent();
        assertThat(HtpasswdUsers.parse("").decoy("mallory")).isEmpty();
    }
}
