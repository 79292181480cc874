package io.longshore.registry.client.copy;

import static io.longshore.registry.client.copy.Shelf.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RawManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies with what speaks of images. */
@Timeout(60)
class ReferrerCopyTest {
    @TempDir
    private Path folder;

    private Shelf from;
    private Shelf to;

    @BeforeEach
    void makeTwoLayouts() throws IOException {
        from = new Shelf(folder.resolve("from"));
        to = new Shelf(folder.resolve("to"));
    }

    private Copy.Builder copy() {
        return Copy.between(from.content(), to.content()).referrers(true);
    }

    @Test
    void bringsWhatSpeaksOfImagesAndOfThat() throws Exception {
        Descriptor child = from.image(from.blob(10));
        Descriptor index = from.index(entry(child));
        from.layout.add(index, "v1");
        Descriptor signature = from.about(child, from.blob(5));
        Descriptor ofSignature = from.about(signature);
        Descriptor bill = from.about(index, from.blob(6));
        Descriptor foreign = from.about(from.image());

        copy().build().run("v1", List.of("v1"));

        assertThat(to.layout.manifests()).extracting(Descriptor::digest)
                .containsExactlyInAnyOrder(
                        index.digest(), signature.digest(), ofSignature.digest(), bill.digest());
        assertThat(to.has(foreign)).isFalse();
        assertThat(to.content().referrers(child.digest())).extracting(Descriptor::digest)
                .containsExactly(signature.digest());
    }

    @Test
    void leavesReferrersWhereTheyAreUnlessAsked() throws Exception {
        Descriptor image = from.image();
        from.layout.add(image, "v1");
        Descriptor bill = from.about(image);

        copy().referrers(false).build().run("v1", List.of("v1"));

        assertThat(to.has(bill)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void bringsIndexesThatSpeakOfAnImageWithAnyNumberOfThreads(int parallel) throws Exception {
        Descriptor image = from.image();
        from.layout.add(image, "v1");
        Descriptor leaf = from.image(from.blob(10));
        for (int i = 0; i < 10; i++) {
            from.indexAbout(image, entry(from.image(from.blob(20 + i))), entry(from.index(entry(leaf))));
        }

        copy().parallel(parallel).build().run("v1", List.of("v1"));

        assertThat(to.content().referrers(image.digest())).hasSize(10);
        assertThat(to.has(leaf)).isTrue();
    }

    @Test
    void endsWithWhatSpeaksOfWhatSpeaksWithoutEnd() throws Exception {
        Descriptor spoken = from.image();
        from.layout.add(spoken, "v1");
        for (int i = 0; i < 20; i++) {
            spoken = from.about(spoken);
        }

        assertThatIOException().isThrownBy(() -> copy().build().run("v1", List.of("v1")))
                .withMessageContaining("referrers of referrers");
    }

    @Test
    void endsWithReferrersInACircle() throws Exception {
        Descriptor image = from.image();
        from.layout.add(image, "v1");
        Descriptor bill = from.about(image);
        ContentSource lying = lying(from.content(), List.of(image, bill, bill));

        CopyResult result = Copy.between(lying, to.content()).referrers(true).build().run("v1", List.of("v1"));

        assertThat(to.has(bill)).isTrue();
        assertThat(result.root()).isEqualTo(image);
    }

    /** Says of everything that these speak of it. */
    private static ContentSource lying(ContentSource real, List<Descriptor> referrers) {
        return new ContentSource() {
            @Override
            public RawManifest manifest(String reference) throws IOException {
                return real.manifest(reference);
            }

            @Override
            public RawManifest manifest(Descriptor manifest) throws IOException {
                return real.manifest(manifest);
            }

            @Override
            public InputStream blob(Descriptor blob) throws IOException {
                return real.blob(blob);
            }

            @Override
            public List<Descriptor> referrers(Digest subject) {
                return referrers;
            }
        };
    }

    @Test
    void passesOverWhatIsNoManifestInTheIndexOfALayout() throws Exception {
        Descriptor image = from.image();
        from.layout.add(image, "v1");
        Descriptor bill = from.about(image);
        Descriptor text = from.blob(10);
        from.layout.add(Descriptor.of("text/plain", text.digest(), text.sizeBytes()));

        copy().build().run("v1", List.of("v1"));

        assertThat(to.has(bill)).isTrue();
    }
}
