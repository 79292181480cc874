package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Referrers that clients of older registries keep in an index under a tag made of the subject's digest. */
@ExtendWith(RegistryExtension.class)
@Tag("end-12a")
class FallbackTagIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "fallback");
    private final Digest subject = TestContent.unknownDigest();

    private static String fallbackTag(Digest of) {
        return of.algorithm().id() + "-" + of.hex().substring(0, 64);
    }

    private List<String> referrers(Digest of, String query) {
        Reply reply = http.get(repository.path("referrers/" + of + query)).send().expect(200);
        List<String> digests = new ArrayList<>();
        reply.json().path("manifests").forEach(entry -> digests.add(entry.path("digest").textValue()));
        return digests;
    }

    private TestManifest newReferrer(Digest of) {
        ObjectNode json = TestManifest.indexJson();
        json.set("subject", TestManifest.descriptor(MediaTypes.OCI_MANIFEST, of, 1));
        json.putObject("annotations").put("org.example.id", TestContent.unknownDigest().hex());
        return TestManifest.of(json);
    }

    private TestManifest pushReferrer() {
        TestManifest referrer = newReferrer(subject);
        repository.push(referrer.digest(), referrer);
        return referrer;
    }

    @Test
    void mergesWhatAClientListedUnderTheTag() {
        TestManifest listed = repository.pushImage("listed");
        TestManifest referrer = pushReferrer();
        repository.push(fallbackTag(subject), TestManifest.index(listed));

        assertThat(referrers(subject, ""))
                .containsExactlyInAnyOrder(referrer.digest().toString(), listed.digest().toString());
    }

    @Test
    void listsOnceWhatIsFoundBothWays() {
        TestManifest referrer = pushReferrer();
        repository.push(fallbackTag(subject), TestManifest.index(referrer));

        assertThat(referrers(subject, "")).containsExactly(referrer.digest().toString());
    }

    @Test
    void listsOnceWhatStandsUnderTheTagTwice() {
        TestManifest listed = repository.pushImage("listed");
        repository.push(fallbackTag(subject), TestManifest.index(listed, listed));

        assertThat(referrers(subject, "")).containsExactly(listed.digest().toString());
    }

    @Test
    void filtersWhatIsListedUnderTheTag() {
        TestManifest listed = repository.pushImage("listed");
        repository.push(fallbackTag(subject), TestManifest.index(listed));

        String type = TestManifest.CONFIG.replace("+", "%2B");
        assertThat(referrers(subject, "?artifactType=" + type)).containsExactly(listed.digest().toString());
        assertThat(referrers(subject, "?artifactType=application/vnd.other")).isEmpty();
    }

    @Test
    void listsNothingUnderATagThatIsGone() {
        repository.push(fallbackTag(subject), TestManifest.index(repository.pushImage("listed")));

        http.delete(repository.manifest(fallbackTag(subject))).send().expect(202);

        assertThat(referrers(subject, "")).isEmpty();
    }

    @Test
    void takesNothingFromAnImageUnderTheTag() {
        repository.pushImage(fallbackTag(subject));

        assertThat(referrers(subject, "")).isEmpty();
    }

    @Test
    void cutsTheTagOfALongDigest() {
        Digest sha512 = TestContent.sha512(TestContent.bytes(3));
        TestManifest listed = repository.pushImage("listed");
        repository.push(fallbackTag(sha512), TestManifest.index(listed));

        assertThat(referrers(sha512, "")).containsExactly(listed.digest().toString());
    }

    @Test
    void leadsThroughBothFromPageToPage() {
        TestManifest[] listed = new TestManifest[5];
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < listed.length; i++) {
            listed[i] = repository.pushImage("listed-" + i);
            expected.add(listed[i].digest().toString());
            expected.add(pushReferrer().digest().toString());
        }
        repository.push(fallbackTag(subject), TestManifest.index(listed));

        List<String> seen = new ArrayList<>();
        String next = repository.path("referrers/" + subject + "?n=3");
        while (next != null) {
            Reply reply = http.get(next).send().expect(200);
            reply.json().path("manifests").forEach(entry -> seen.add(entry.path("digest").textValue()));
            next = reply.optionalHeader("Link").map(TagListIT::target).orElse(null);
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    }
}
