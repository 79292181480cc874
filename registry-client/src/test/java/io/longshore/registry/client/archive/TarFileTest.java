package io.longshore.registry.client.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarFileTest {
    private static final String LONG = "a/".repeat(80) + "x";

    @TempDir
    private Path folder;

    private TestTar tar() {
        return new TestTar(folder.resolve("test.tar"));
    }

    private static String text(TarFile tar, String name) throws IOException {
        return new String(tar.bytes(tar.find(name).orElseThrow(), 1000), StandardCharsets.UTF_8);
    }

    /** One block of an archive that is then broken on purpose. */
    private Path written(byte[]... blocks) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] block : blocks) {
            bytes.write(block);
        }
        return Files.write(folder.resolve("test.tar"), bytes.toByteArray());
    }

    private static byte[] block(String text) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), TarHeader.BLOCK_BYTES);
    }

    @Test
    void readsFilesFromWhereTheyAre() throws IOException {
        TarFile tar = TarFile.open(tar()
                .folder("a")
                .file("a/one", "1")
                .file("./two", "2".repeat(513))
                .file("three", "")
                .written());

        assertThat(text(tar, "a/one")).isEqualTo("1");
        assertThat(text(tar, "two")).isEqualTo("2".repeat(513));
        assertThat(text(tar, "./three")).isEmpty();
        assertThat(tar.find("a")).isEmpty();
        assertThat(tar.find("four")).isEmpty();
    }

    @Test
    void readsAFileInPieces() throws IOException {
        TarFile tar = TarFile.open(tar().file("a", "0123456789").file("b", "other").written());

        try (InputStream in = tar.read(tar.find("a").orElseThrow())) {
            assertThat(in.read()).isEqualTo('0');
            assertThat(in.skip(3)).isEqualTo(3);
            assertThat(in.readNBytes(100)).asString().isEqualTo("456789");
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void readsTheLastOfSeveralFilesOfOneName() throws IOException {
        TarFile tar = TarFile.open(tar().file("a", "old").file("./a", "new").written());

        assertThat(text(tar, "a")).isEqualTo("new");
    }

    @Test
    void readsLongNamesHoweverTheyAreWritten() throws IOException {
        TarFile posix = TarFile.open(
                tar().file(LONG, "posix").symbolicLink("link", LONG).file("b", "").written());
        TarFile gnu = TarFile.open(new TestTar(folder.resolve("gnu.tar"))
                .gnu()
                .file(LONG, "gnu").hardLink("link", LONG).file("b", "").written());

        assertThat(text(posix, LONG)).isEqualTo("posix");
        assertThat(text(gnu, LONG)).isEqualTo("gnu");
        assertThat(posix.find("b")).isPresent();
        assertThat(gnu.find("b")).isPresent();
    }

    @Test
    void followsLinksInTheArchive() throws IOException {
        TarFile tar = TarFile.open(tar()
                .file("first/layer.tar", "content")
                .symbolicLink("second/layer.tar", "../first/layer.tar")
                .symbolicLink("third/layer.tar", "../second/layer.tar")
                .hardLink("fourth/layer.tar", "third/layer.tar")
                .symbolicLink("dangling", "nowhere")
                .written());

        assertThat(text(tar, "fourth/layer.tar")).isEqualTo("content");
        assertThat(tar.find("dangling")).isEmpty();
    }

    @Test
    void followsNoLinksInCircles() throws IOException {
        TarFile tar = TarFile.open(tar().symbolicLink("a", "b").symbolicLink("b", "a").written());

        assertThatIOException().isThrownBy(() -> tar.find("a")).withMessageContaining("leads from link to link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "a/../../outside", "/etc/passwd"})
    void refusesNamesThatLeadOut(String name) throws IOException {
        Path file = written(TarHeader.write(name, TarHeader.FILE, 0));

        assertThatIOException()
                .isThrownBy(() -> TarFile.open(file))
                .withMessageContaining(file.toString())
                .withMessageContaining("leads out of it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../outside", "/etc/passwd"})
    void refusesLinksThatLeadOut(String target) throws IOException {
        TarFile tar = TarFile.open(tar().symbolicLink("a/link", target).written());

        assertThatIOException().isThrownBy(() -> tar.find("a/link")).withMessageContaining("leads out of it");
    }

    @Test
    void refusesAnEntryThatIsLongerThanTheFile() throws IOException {
        Path file = written(TarHeader.write("a", TarHeader.FILE, 513), block("x"));

        assertThatIOException().isThrownBy(() -> TarFile.open(file)).withMessageContaining("cut off");
    }

    @Test
    void refusesAnArchiveThatEndsInAHeader() throws IOException {
        Path file = written(TarHeader.write("a", TarHeader.FILE, 0), new byte[100]);

        assertThatIOException().isThrownBy(() -> TarFile.open(file)).withMessageContaining("cut off");
    }

    @Test
    void readsAnArchiveWithoutItsEnd() throws IOException {
        Path file = written(TarHeader.write("a", TarHeader.FILE, 3), "abc".getBytes(StandardCharsets.UTF_8));

        assertThat(text(TarFile.open(file), "a")).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "99999999 path=a\n", "0 path=a\n", "path=a\n", "123456789123 path=a\n", "5", "12 size=-1\n", "9 size=x\n", "2 ", "1 ",
        "30 size=9223372036854775807\n"
    })
    void refusesRecordsThatLie(String records) throws IOException {
        Path file = written(
                TarHeader.write("pax", TarHeader.PAX, records.length()), block(records),
                TarHeader.write("a", TarHeader.FILE, 0));

        assertThatIOException().isThrownBy(() -> TarFile.open(file)).withMessageStartingWith(file.toString());
    }

    @Test
    void refusesNamesWithoutEnd() throws IOException {
        Path file = written(TarHeader.write("long", TarHeader.GNU_NAME, 2 << 20), new byte[2 << 20]);

        assertThatIOException().isThrownBy(() -> TarFile.open(file)).withMessageContaining("a name of more than");
    }

    @Test
    void refusesEntriesWithoutEnd() throws IOException {
        Path file = folder.resolve("many.tar");
        byte[] header = TarHeader.write("a", TarHeader.FILE, 0);
        ByteBuffer all = ByteBuffer.allocate(100_001 * TarHeader.BLOCK_BYTES);
        while (all.hasRemaining()) {
            all.put(header);
        }
        Files.write(file, all.array());

        assertThatIOException().isThrownBy(() -> TarFile.open(file)).withMessageContaining("more than 100000 entries");
    }

    @Test
    void readsNoMoreOfAnEntryThanIsToBeExpected() throws IOException {
        TarFile tar = TarFile.open(tar().file("manifest.json", "0123456789").written());

        assertThatIOException()
                .isThrownBy(() -> tar.bytes(tar.find("manifest.json").orElseThrow(), 9))
                .withMessageContaining("an entry of 10 bytes where at most 9");
    }

    @Test
    void refusesWhatIsNoArchive() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "x".repeat(2000));
        Path little = Files.writeString(folder.resolve("little"), "x");
        Path zipped = folder.resolve("zipped");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(Files.readAllBytes(tar().file("a", SampleImage.random(5000)).written()));
        }

        assertThatIOException().isThrownBy(() -> TarFile.open(text)).withMessageContaining("no tar archive");
        assertThatIOException().isThrownBy(() -> TarFile.open(little)).withMessageContaining("no tar archive");
        assertThatIOException().isThrownBy(() -> TarFile.open(zipped)).withMessageContaining("compressed (gzip)");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> TarFile.open(folder.resolve("missing")));
    }

    @Test
    void knowsSizesAboveEightGibibytes() throws IOException {
        long size = (9L << 30) + 1;
        Path file = folder.resolve("sparse.tar");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(TarHeader.write("huge", TarHeader.FILE, size)));
            channel.position(TarHeader.BLOCK_BYTES + TarHeader.paddedBytes(size));
            channel.write(ByteBuffer.wrap(TarHeader.write("after", TarHeader.FILE, 0)));
        }

        TarFile tar = TarFile.open(file);

        assertThat(tar.find("huge").orElseThrow().sizeBytes()).isEqualTo(size);
        assertThat(tar.find("after")).isPresent();
    }
}
