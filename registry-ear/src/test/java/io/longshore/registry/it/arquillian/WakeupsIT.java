package io.longshore.registry.it.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.notification.Wakeups;
import jakarta.inject.Inject;
import java.io.File;
import java.net.URISyntaxException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The queue of webhooks on a WildFly that is as it comes, seen from within the EAR. */
@ArquillianTest
@ServerSetup(Configure.class)
class WakeupsIT {
    private static final String WEB = "registry-web.war";
    private static final long PATIENCE_SECONDS = 30;

    @Inject
    private Wakeups wakeups;

    @Inject
    private Woken woken;

    @Deployment
    static EnterpriseArchive ear() throws URISyntaxException {
        EnterpriseArchive ear = ShrinkWrap.create(ZipImporter.class, "registry.ear")
                .importFrom(new File("target/registry.ear"))
                .as(EnterpriseArchive.class);
        ear.delete("/" + WEB);
        File assertj = new File(
                Assertions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return ear.addAsModule(Testable.archiveToTest(ShrinkWrap.create(WebArchive.class, WEB)
                        .addClass(WakeupsIT.class)
                        .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                        .addAsLibrary(assertj)))
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "woken.jar")
                        .addClass(Woken.class)
                        .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml"));
    }

    @Test
    void wakesTheReceiver() throws Exception {
        wakeups.send("x");

        assertThat(woken.texts().poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("x");
    }

    @Test
    void deliversOnceWhatTheReceiverFailsOn() throws Exception {
        wakeups.send("");
        assertThat(woken.texts().poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEmpty();

        wakeups.send("next");

        assertThat(woken.texts().poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("next");
    }
}
