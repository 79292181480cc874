package io.longshore.registry.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jboss.jandex.IndexReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplodeTest {

    @TempDir
    private Path folder;

    @Test
    void unpacksTheEarAndItsWarAndTellsThatLibrariesHaveNoAnnotations() throws IOException {
        Path exploded = explode("one");

        assertThat(exploded.resolve("META-INF/application.xml")).hasContent("one");
        assertThat(exploded.resolve("registry-ejb.jar")).isRegularFile();
        for (String library : new String[] {"lib/library.jar", "registry-web.war/WEB-INF/lib/jersey.jar"}) {
            try (ZipFile jar = new ZipFile(exploded.resolve(library).toFile())) {
                assertThat(jar.getEntry("A.class")).isNotNull();
                try (InputStream index = jar.getInputStream(jar.getEntry("META-INF/jandex.idx"))) {
                    assertThat(new IndexReader(index).read().getKnownClasses()).isEmpty();
                }
            }
        }
        try (ZipFile ours = new ZipFile(exploded.resolve("lib/io.longshore-registry-client.jar").toFile())) {
            assertThat(ours.getEntry("META-INF/jandex.idx")).isNull();
        }
    }

    @Test
    void doesSoAgainOnlyForAnotherEar() throws IOException {
        Path mark = Files.createFile(explode("one").resolve("mark"));

        explode("one");
        assertThat(mark).exists();

        assertThat(explode("two").resolve("META-INF/application.xml")).hasContent("two");
        assertThat(mark).doesNotExist();
    }

    private Path explode(String descriptor) throws IOException {
        Path ear = folder.resolve("test.ear");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(ear))) {
            put(out, "META-INF/application.xml", descriptor.getBytes(StandardCharsets.UTF_8));
            put(out, "registry-ejb.jar", jar("A.class"));
            put(out, "lib/library.jar", jar("A.class"));
            put(out, "lib/io.longshore-registry-client.jar", jar("A.class"));
            put(out, "registry-web.war", jar("WEB-INF/lib/jersey.jar"));
        }
        Path exploded = folder.resolve("exploded.ear");
        Explode.main(ear.toString(), exploded.toString());
        return exploded;
    }

    private static byte[] jar(String entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            put(out, entry, entry.endsWith(".jar") ? jar("A.class") : new byte[1]);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream out, String path, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(path);
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(content);
    }
}
