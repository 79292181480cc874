package io.longshore.registry.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisionTest {

    private static final String BASE = "wildfly/modules/system/layers/base/";

    @TempDir
    private Path folder;

    private Path zip;
    private Path configuration;
    private Path home;

    @BeforeEach
    void makeADistribution() throws IOException {
        zip = folder.resolve("wildfly.zip");
        home = folder.resolve("server");
        configuration = folder.resolve("standalone.xml");
        Files.writeString(configuration, "<server><extensions><extension module=\"org.web\"/></extensions></server>");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            put(out, "wildfly/jboss-modules.jar", "modules");
            put(out, "wildfly/LICENSE.txt", "license");
            module(out, "org/web", "<dependencies><module name=\"org.core\"/><module name=\"java.sql\"/>"
                    + "<module name=\"org.spare\" optional=\"true\"/></dependencies>");
            module(out, "org/core", "<dependencies><module name=\"org.alias\"/><module name=\"org.web\"/></dependencies>");
            put(out, BASE + "org/alias/main/module.xml", "<module-alias name=\"org.alias\" target-name=\"org.real\"/>");
            module(out, "org/real", "");
            module(out, "org/spare", "");
            module(out, "org/more", "");
        }
    }

    @Test
    void takesTheModulesOfTheConfigurationAndWhatTheyRequire() throws IOException {
        Provision.main(zip.toString(), configuration.toString(), home.toString(), "org.more");

        Path base = home.resolve("modules/system/layers/base/org");
        assertThat(base).isDirectoryContaining(path -> path.endsWith("web"))
                .isDirectoryContaining(path -> path.endsWith("core"))
                .isDirectoryContaining(path -> path.endsWith("alias"))
                .isDirectoryContaining(path -> path.endsWith("real"))
                .isDirectoryContaining(path -> path.endsWith("more"))
                .isDirectoryNotContaining(path -> path.endsWith("spare"));
        assertThat(base.resolve("web/main/code.jar")).hasContent("code of org/web");
        assertThat(home.resolve("jboss-modules.jar")).hasContent("modules");
    }

    @Test
    void leavesAServerThatWasMadeFromTheSame() throws IOException {
        Provision.main(zip.toString(), configuration.toString(), home.toString());
        Path mark = Files.createFile(home.resolve("mark"));

        Provision.main(zip.toString(), configuration.toString(), home.toString());
        assertThat(mark).exists();

        Provision.main(zip.toString(), configuration.toString(), home.toString(), "org.more");
        assertThat(mark).doesNotExist();
    }

    @Test
    void refusesAModuleThatDoesNotExist() {
        assertThatThrownBy(() -> Provision.main(zip.toString(), configuration.toString(), home.toString(), "org.mispelt"))
                .isInstanceOf(IOException.class).hasMessageContaining("org.mispelt");
    }

    private static void module(ZipOutputStream out, String path, String dependencies) throws IOException {
        put(out, BASE + path + "/main/module.xml", "<module name=\"" + path.replace('/', '.') + "\"><resources>"
                + "<resource-root path=\"code.jar\"/></resources>" + dependencies + "</module>");
        put(out, BASE + path + "/main/code.jar", "code of " + path);
    }

    private static void put(ZipOutputStream out, String path, String content) throws IOException {
        out.putNextEntry(new ZipEntry(path));
        out.write(content.getBytes(StandardCharsets.UTF_8));
    }
}
