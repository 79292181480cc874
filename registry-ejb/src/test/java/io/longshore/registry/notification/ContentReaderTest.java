package io.longshore.registry.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.audit.EventContent;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.MediaTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContentReaderTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final String BARE = "{'mediaType':'a/b','digest':'" + DIGEST + "','size':7}";

    private TestDatabase postgres;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    private static Manifest parsed(String json) {
        return Manifest.parse(json.replace('\'', '"').getBytes(UTF_8), null);
    }

    /** What the database gives back of it. */
    private String kept(Manifest manifest) {
        String json = EventContent.of(manifest).replace("'", "''");
        return postgres.column("select '" + json + "'::jsonb").get(0);
    }

    @Test
    void readsTheConfigAndAllThatIsSaidOfLayers() {
        Manifest image = parsed("{'schemaVersion':2,'mediaType':'" + MediaTypes.OCI_MANIFEST + "','config':" + BARE
                + ",'layers':[{'mediaType':'a/c','digest':'" + DIGEST + "','size':8,'urls':['https://a/','https://b/'],"
                + "'annotations':{'b':'it\\u2019s','':'\\\\'}}]}");

        assertThat(ContentReader.read(kept(image)))
                .containsExactly(image.config().orElseThrow(), image.layers().get(0));
    }

    @Test
    void readsThePlatformsOfManifests() {
        Manifest index = parsed("{'schemaVersion':2,'mediaType':'" + MediaTypes.OCI_INDEX + "','manifests':[" + BARE
                + ",{'mediaType':'a/c','digest':'" + DIGEST + "','size':8,'platform':{'os':'windows',"
                + "'architecture':'arm','os.version':'10','os.features':['x','y'],'variant':'v7'},'artifactType':'x/y'},"
                + "{'mediaType':'a/d','digest':'" + DIGEST + "','size':9,'platform':{}}]}");

        assertThat(ContentReader.read(kept(index))).isEqualTo(index.manifests()).hasSize(3);
    }

    @Test
    void readsNothingWhereNothingIsKept() {
        assertThat(ContentReader.read(null)).isEmpty();
    }
}
