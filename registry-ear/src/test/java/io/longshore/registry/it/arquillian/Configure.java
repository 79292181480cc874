package io.longshore.registry.it.arquillian;

import java.io.IOException;
import java.nio.file.Path;
import org.jboss.as.arquillian.api.ServerSetupTask;
import org.jboss.as.arquillian.container.ManagementClient;

/** Does what an administrator does before the EAR is deployed: runs the script that is there for it. */
public final class Configure implements ServerSetupTask {
    private static final Path SCRIPT = Path.of("src/main/wildfly/configure.cli").toAbsolutePath();

    @Override
    public void setup(ManagementClient server, String container) throws IOException, InterruptedException {
        Cli.run(server, "--file=" + SCRIPT);
    }

    /** Leaves the server as it is: each test class gets one of its own. */
    @Override
    public void tearDown(ManagementClient server, String container) {}
}
