package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.Repository;
import io.longshore.registry.client.RepositoryCapabilities;
import io.longshore.registry.it.fault.CuttableLine;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the library of this project gets along with what {@code docker-registry} does in its own way. */
class ForeignRegistryIT {
    private static final TestImage IMAGE = TestImage.small(29);

    private static DebianRegistry debian;

    @BeforeAll
    static void start(@TempDir Path folder) {
        debian = DebianRegistry.start(folder);
    }

    @AfterAll
    static void stop() {
        if (debian != null) {
            debian.close();
        }
    }

    private static RegistryClient client() {
        return RegistryClient.builder(debian.url().getAuthority()).build();
    }

    private static Descriptor pushImage(Repository repository) throws IOException {
        for (Blob blob : IMAGE.blobs()) {
            repository.blobs().push(blob.bytes());
        }
        TestArtifact.of(IMAGE).push(repository, List.of(Tag.parse("v1")));
        return repository.manifests().head(IMAGE.digest()).orElseThrow();
    }

    private static Repository fresh(String name) {
        return client().repository(RepositoryName.parse(name));
    }

    @Test
    void knowsWhatItCanDo() throws IOException {
        assertThat(client().capabilities().apiVersion()).contains("registry/2.0");
        assertThat(client().capabilities().listsRepositories()).isTrue();
        assertThat(fresh("able").capabilities()).isEqualTo(new RepositoryCapabilities(false, false));
    }

    @Test
    void writesReferrersUnderTheFallbackTag() throws IOException {
        Repository repository = fresh("fallback");
        Descriptor subject = pushImage(repository);
        TestArtifact signature = TestArtifact.about(subject, "a/signature", "mine");

        assertThat(signature.push(repository, List.of()).isListedByTag()).isTrue();

        Tag tag = Tag.parse(subject.digest().toString().replace(':', '-'));
        RawManifest list = repository.manifests().get(tag);
        assertThat(repository.tags()).contains(tag);
        assertThat(list.mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(list.parse().manifests()).containsExactly(signature.entry());
    }

    @Test
    void listsItsCatalogPageByPage() throws IOException {
        Repository first = fresh("catalog/first");
        Digest digest = first.blobs().push(IMAGE.config().bytes()).digest();
        List<RepositoryName> names = new ArrayList<>(List.of(first.name()));
        for (int i = 0; i < 120; i++) {
            Repository repository = fresh("catalog/r" + i);
            assertThat(repository.blobs().mount(digest, first.name())).isTrue();
            names.add(repository.name());
        }

        assertThat(client().catalog()).containsAll(names).doesNotHaveDuplicates();
        assertThat(debian.log()).anyMatch(line -> line.contains("GET /v2/_catalog?last="));
    }

    @Test
    void goesOnByRange() throws Exception {
        byte[] content = new byte[3_000_000];
        new Random(37).nextBytes(content);
        try (CuttableLine line = new CuttableLine(debian.url().getPort())) {
            Repository repository = RegistryClient.builder("127.0.0.1:" + line.port())
                    .build()
                    .repository(RepositoryName.parse("ranges"));
            Digest digest = repository.blobs().push(content).digest();
            line.breakAfter(content.length / 2);

            try (InputStream in = repository.blobs().pull(digest)) {
                assertThat(in.readAllBytes()).isEqualTo(content);
            }

            assertThat(debian.log()).anyMatch(
                    logged -> logged.contains("GET /v2/ranges/blobs/") && logged.contains("HTTP/1.1\" 206 "));
        }
    }
}
