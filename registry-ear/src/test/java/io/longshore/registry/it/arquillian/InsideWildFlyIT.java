package io.longshore.registry.it.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import io.longshore.registry.permission.Visibility;
import io.longshore.registry.repository.Catalog;
import jakarta.inject.Inject;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.hibernate.SessionFactory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

/** What CDI makes of the registry, seen from within the EAR: the web application of this test stands in for its own. */
@ArquillianTest
@ServerSetup(Configure.class)
class InsideWildFlyIT {
    private static final String WEB = "registry-web.war";

    @Inject
    private Catalog catalog;

    @Inject
    private Catalog same;

    @Deployment
    static EnterpriseArchive ear() throws URISyntaxException {
        EnterpriseArchive ear = ShrinkWrap.create(ZipImporter.class, "registry.ear")
                .importFrom(new File("target/registry.ear"))
                .as(EnterpriseArchive.class);
        ear.delete("/" + WEB);
        return ear.addAsModule(Testable.archiveToTest(ShrinkWrap.create(WebArchive.class, WEB)
                .addClass(InsideWildFlyIT.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsLibrary(new File(sourceOf(Assertions.class).toURI()))));
    }

    @Test
    void injectsOneCatalogThatReachesTheDatabase() {
        assertThat(catalog).isSameAs(same).isExactlyInstanceOf(Catalog.class);
        assertThat(catalog.list(Visibility.ALL, "zzz", 1).items()).isEmpty();
    }

    @Test
    void loadsTheLibrariesOfTheEar() {
        assertThat(List.of(SessionFactory.class, JsonParser.class, Driver.class))
                .allSatisfy(type -> assertThat(sourceOf(type).getPath()).contains("registry.ear/lib/"));
    }

    private static URL sourceOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
