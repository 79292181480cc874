package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RegistryExtension.class)
@Tag("end-8a")
@Tag("end-8b")
class TagListIT {
    /** In ASCII order, which is neither that of people nor that of their languages. */
    private static final List<String> TAGS =
            List.of("0", "1.0", "1.0.0", "10", "1_0", "2", "A", "B-1", "Z", "_x", "a", "a-1", "a.1", "a_1", "ab", "z");

    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "list");

    TagListIT() {
        List<String> shuffled = new ArrayList<>(TAGS);
        Collections.shuffle(shuffled, new Random(1));
        TestManifest image = repository.newImage();
        String query = shuffled.stream().map(tag -> "tag=" + tag).collect(Collectors.joining("&", "?", ""));
        repository.put(image.digest() + query, image).send().expect(201);
    }

    private Reply list(String query) {
        return http.get(repository.path("tags/list" + query)).send();
    }

    @Test
    void listsAllTagsInAsciiOrder() {
        Reply reply = list("").expect(200);

        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.json().path("name").textValue()).isEqualTo(repository.name());
        assertThat(reply.json().fieldNames()).toIterable().containsExactly("name", "tags");
        assertThat(reply.strings("tags")).isEqualTo(TAGS);
        assertThat(reply.headers()).doesNotContainKey("Link");
    }

    @Test
    void answersHeadAsGet() {
        Reply head = http.head(repository.path("tags/list")).send().expect(200);

        assertThat(Headers.withoutDate(head)).isEqualTo(Headers.withoutDate(list("")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 15})
    void leadsFromPageToPage(int n) {
        List<String> seen = new ArrayList<>();
        String next = repository.path("tags/list?n=" + n);
        while (next != null) {
            Reply reply = http.get(next).send().expect(200);
            assertThat(reply.strings("tags")).hasSizeBetween(1, n);
            seen.addAll(reply.strings("tags"));
            next = reply.optionalHeader("Link").map(TagListIT::target).orElse(null);
        }

        assertThat(seen).isEqualTo(TAGS);
    }

    /** The target of a link to the next page. */
    static String target(String link) {
        assertThat(link).matches("<(/v2/[^>\\s]+)>; rel=\"next\"");
        return link.substring(1, link.indexOf('>'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"16", "17", "1000", "100000", "99999999999999999999"})
    void listsAllWhereTheyFitOnOnePage(String n) {
        Reply reply = list("?n=" + n).expect(200);

        assertThat(reply.strings("tags")).isEqualTo(TAGS);
        assertThat(reply.headers()).doesNotContainKey("Link");
    }

    @Test
    void listsNothingWhereNothingIsAskedFor() {
        for (String query : new String[] {"?n=0", "?n=0&last=a", "?n=00"}) {
            Reply reply = list(query).expect(200);
            assertThat(reply.strings("tags")).isEmpty();
            assertThat(reply.headers()).doesNotContainKey("Link");
        }
    }

    @ParameterizedTest
    @CsvSource({"a, a-1", "1.0, 1.0.0", "a.0, a.1", "B, B-1", "Za, _x", "%7E, ''", "z, ''", "zzz, ''", "'', 0"})
    void beginsBehindTheLastThatTheClientHas(String last, String first) {
        Reply reply = list("?last=" + last).expect(200);

        List<String> expected = first.isEmpty() ? List.of() : TAGS.subList(TAGS.indexOf(first), TAGS.size());
        assertThat(reply.strings("tags")).isEqualTo(expected);
        assertThat(reply.headers()).doesNotContainKey("Link");
    }

    @Test
    void combinesSizeAndBeginning() {
        Reply reply = list("?n=2&last=a").expect(200);

        assertThat(reply.strings("tags")).containsExactly("a-1", "a.1");
        assertThat(target(reply.header("Link"))).isEqualTo(repository.path("tags/list?last=a.1&n=2"));
    }

    @Test
    void endsWithoutALinkOnAFullLastPage() {
        Reply reply = list("?n=2&last=a_1").expect(200);

        assertThat(reply.strings("tags")).containsExactly("ab", "z");
        assertThat(reply.headers()).doesNotContainKey("Link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "abc", "1.5", "1e3", "%2B1", "0x10", "%201", "%D9%A1"})
    void refusesWhatIsNoNumber(String n) {
        list("?n=" + n).expectError(400, "PAGINATION_NUMBER_INVALID");
    }

    @Test
    void takesAnEmptyNumberForNone() {
        assertThat(list("?n=").expect(200).strings("tags")).isEqualTo(TAGS);
    }

    @Test
    void takesAnyTextForTheLast() {
        for (String last : new String[] {"%20", "%C3%BC", "%F0%9F%90%B3", "%27%3B--", "x".repeat(2000)}) {
            list("?last=" + last).expect(200);
        }
        list("?last=a%00").expectError(400, "TAG_INVALID");
    }

    @Test
    @Tag("code-9")
    void doesNotKnowARepositoryThatIsNotThere() {
        http.get(Repository.fresh(http, "nobody").path("tags/list")).send().expectError(404, "NAME_UNKNOWN");
    }

    @Test
    void listsNothingOfARepositoryWithoutTags() {
        Repository other = Repository.fresh(http, "untagged");
        other.push(TestContent.bytes(1));

        Reply reply = http.get(other.path("tags/list")).send().expect(200);

        assertThat(reply.text()).isEqualTo("{\"name\":\"" + other.name() + "\",\"tags\":[]}");
    }
}
