package io.longshore.registry.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "99, 99", "100, 100", "101, 100", "007, 7", "99999999999999999999999, 100"})
    void hasAsManyEntriesAsAskedForWithinTheLimit(String n, int limit) {
        assertThat(Page.parse(n, null, 100).limit()).isEqualTo(limit);
    }

    @Test
    void beginsAtTheBeginningWithTheMostEntriesIfNothingIsAsked() {
        assertThat(Page.parse(null, null, 100)).isEqualTo(new Page(100, ""));
        assertThat(Page.parse("", "", 100)).isEqualTo(new Page(100, ""));
    }

    @Test
    void beginsBehindAnyLast() {
        assertThat(Page.parse(null, "no such Tag / é", 100).last()).isEqualTo("no such Tag / é");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", "1.0", "0x10", "ten", " 1", "1 ", "\u0661", "1e3", "-99999999999999999999"})
    void refusesWhatIsNoNumberOfEntries(String n) {
        assertThatThrownBy(() -> Page.parse(n, null, 100))
                .isInstanceOfSatisfying(
                        RegistryException.Invalid.class,
                        refusal -> assertThat(refusal.errors().get(0).code())
                                .isEqualTo(ErrorCode.PAGINATION_NUMBER_INVALID));
    }

    @Test
    void refusesALastThatTheDatabaseCannotHold() {
        assertThatThrownBy(() -> Page.parse(null, "a\0b", 100)).isInstanceOf(RegistryException.Invalid.class);
    }

    @Test
    void linksToTheNextPageOfTheSameLength() {
        assertThat(NextLink.of("/v2/library/alpine/tags/list", "3.20", 2))
                .hasToString("</v2/library/alpine/tags/list?last=3.20&n=2>; rel=\"next\"");
    }

    @Test
    void keepsTheFilterInTheLink() {
        assertThat(NextLink.of("/v2/a/referrers/sha256:00", "sha256:11", 2).and("artifactType", "a/b+c;d=\"e\""))
                .hasToString("</v2/a/referrers/sha256:00?last=sha256%3A11&n=2"
                        + "&artifactType=a%2Fb%2Bc%3Bd%3D%22e%22>; rel=\"next\"");
    }

    @Property(tries = 300)
    void linksSoThatEveryLastIsReadBackAsItWas(@ForAll @NotBlank String last) {
        Matcher link = Pattern.compile("<([^<>]*)>; rel=\"next\"")
                .matcher(NextLink.of("/v2/_catalog", last, 5).toString());

        assertThat(link.matches()).isTrue();
        String query = URI.create(link.group(1)).getRawQuery();
        String read = URLDecoder.decode(query.substring("last=".length(), query.indexOf('&')), StandardCharsets.UTF_8);
        assertThat(read).isEqualTo(new String(last.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
}
