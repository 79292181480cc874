package io.longshore.registry.replication;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalRepositoryTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final RepositoryName SECRET = RepositoryName.parse("secret/app");

    private final TestSite here = new TestSite();
    private final TestSite there = new TestSite();
    private final LocalRepository target = new LocalRepository(here.services, ALICE, APP);
    private final LocalRepository source = new LocalRepository(there.services, ALICE, APP);

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    /** A layer that the source has, and a secret repository here. */
    private Descriptor layer() throws IOException {
        there.image("team/app", "v1");
        Descriptor layer = source.manifest(Tag.parse("v1").value()).parse().layers().get(0);
        new LocalRepository(here.services, ALICE, SECRET).putBlob(layer, () -> source.blob(layer));
        return layer;
    }

    @Test
    void takesOverWhatBothHave() throws IOException {
        Descriptor layer = layer();

        assertThat(target.mount(layer, source)).isTrue();
        assertThat(target.hasBlob(layer)).isTrue();
    }

    @Test
    void opensNothingThatTheSourceMerelyNames() throws IOException {
        Descriptor layer = layer();
        there.postgres.run("delete from manifest_blob");
        there.postgres.run("delete from link");

        assertThat(target.mount(layer, source)).isFalse();
        assertThat(target.hasBlob(layer)).isFalse();
    }
}
