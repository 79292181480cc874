package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of repositories. Other tests make repositories meanwhile, so that each looks between two names only. */
@ExtendWith(RegistryExtension.class)
class CatalogIT {
    private final Http http = Http.target();
    private final String parent = TestContent.newName("catalog");
    private final List<String> names = new ArrayList<>();

    CatalogIT() {
        for (String name : new String[] {"/0", "/a-b", "/a.b", "/a/b", "/a0", "/aa", "/z"}) {
            names.add(parent + name);
        }
        List<String> reversed = new ArrayList<>(names);
        Collections.reverse(reversed);
        reversed.forEach(name -> new Repository(http, name).push(TestContent.bytes(1)));
    }

    private Reply list(String query) {
        return http.get("/v2/_catalog" + query).send();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void leadsFromPageToPageInAsciiOrder(int n) {
        List<String> seen = new ArrayList<>();
        String next = "/v2/_catalog?n=" + n + "&last=" + parent;
        while (seen.size() < names.size()) {
            Reply reply = http.get(next).send().expect(200);
            seen.addAll(reply.strings("repositories"));
            next = reply.optionalHeader("Link").map(TagListIT::target).orElse("no further page");
        }

        assertThat(seen.subList(0, names.size())).isEqualTo(names);
    }

    @Test
    void linksToWhatFollows() {
        Reply reply = list("?n=2&last=" + parent + "/a-b").expect(200);

        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.strings("repositories")).containsExactly(parent + "/a.b", parent + "/a/b");
        String escaped = (parent + "/a/b").replace("/", "%2F");
        assertThat(TagListIT.target(reply.header("Link"))).isEqualTo("/v2/_catalog?last=" + escaped + "&n=2");
    }

    @Test
    void beginsBehindANameThatIsNotThere() {
        Reply reply = list("?n=1&last=" + parent + "/a1").expect(200);

        assertThat(reply.strings("repositories")).containsExactly(names.get(5));
    }

    @Test
    void listsNothingBehindTheLast() {
        Reply reply = list("?last=~").expect(200);

        assertThat(reply.text()).isEqualTo("{\"repositories\":[]}");
        assertThat(reply.headers()).doesNotContainKey("Link");
    }

    @Test
    void listsNothingWhereNothingIsAskedFor() {
        Reply reply = list("?n=0").expect(200);

        assertThat(reply.strings("repositories")).isEmpty();
        assertThat(reply.headers()).doesNotContainKey("Link");
    }

    @Test
    void listsNoMoreThanAPageHolds() {
        assertThat(list("?n=999999999").expect(200).strings("repositories")).hasSizeLessThanOrEqualTo(1000);
    }

    @Test
    void refusesWhatIsNoNumber() {
        for (String n : new String[] {"-1", "x", "1.0"}) {
            list("?n=" + n).expectError(400, "PAGINATION_NUMBER_INVALID");
        }
        list("?last=a%00").expectError(400, "TAG_INVALID");
    }

    @Test
    void doesNotListARepositoryBeforeItsFirstContent() {
        Repository empty = new Repository(http, parent + "/a00");
        empty.startUpload();
        Reply reply = list("?n=1&last=" + parent + "/a0").expect(200);

        assertThat(reply.strings("repositories")).doesNotContain(empty.name());
    }
}
