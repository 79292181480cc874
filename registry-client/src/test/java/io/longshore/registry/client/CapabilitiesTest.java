package io.longshore.registry.client;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.error;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.client.http.TestServer.Reply;
import io.longshore.registry.model.IndexText;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitiesTest {
    private static final Reply NO_REFERRERS = body(200, IndexText.EMPTY).with("Content-Type", MediaTypes.OCI_INDEX);

    private final TestRegistry registry = new TestRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void findsOutWhatARegistrySaysOfItself() throws IOException {
        registry.server().then(
                body(200, "{}").with("Docker-Distribution-Api-Version", "registry/2.0").with("Server", "harbour"),
                body(200, "{\"repositories\":[]}"));

        assertThat(registry.client(10).capabilities())
                .isEqualTo(new RegistryCapabilities(Optional.of("registry/2.0"), Optional.of("harbour"), true));
        assertThat(registry.asked()).containsExactly("GET /v2/", "GET /v2/_catalog?n=1");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 405})
    void findsACatalogThatIsClosed(int status) throws IOException {
        registry.server().then(status(200), status(status));

        assertThat(registry.client(10).capabilities())
                .isEqualTo(new RegistryCapabilities(Optional.empty(), Optional.empty(), false));
    }

    @Test
    void findsOutNothingIfItIsNotLetIn() {
        registry.server().then(status(401));

        assertThatExceptionOfType(RegistryException.Unauthenticated.class)
                .isThrownBy(() -> registry.client(10).capabilities());
    }

    @Test
    void findsOutWhetherReferrersAreListedAndFiltered() throws IOException {
        registry.server().then(
                NO_REFERRERS.with("OCI-Filters-Applied", "artifactType"), NO_REFERRERS,
                body(404, "404 page not found"));

        assertThat(registry.repository().capabilities()).isEqualTo(new RepositoryCapabilities(true, true));
        assertThat(registry.repository().capabilities()).isEqualTo(new RepositoryCapabilities(true, false));
        assertThat(registry.repository().capabilities()).isEqualTo(new RepositoryCapabilities(false, false));
        assertThat(registry.asked().get(0))
                .startsWith("GET /v2/a/b/referrers/sha256:" + "0".repeat(64) + "?artifactType=");
    }

    @Test
    void hasNoCapabilitiesWhereThereIsNoRepository() {
        registry.server().then(error(404, "NAME_UNKNOWN", "none"));

        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> registry.repository().capabilities());
    }
}
