package io.longshore.registry.storage.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.storage.contract.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
    private static final int IN_MEMORY = 64 << 10;

    @TempDir
    private Path directory;

    private long files() throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.count();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, IN_MEMORY - 1, IN_MEMORY, IN_MEMORY + 1, 1 << 20})
    void givesTheBytesBackAsOftenAsAsked(int sizeBytes) throws Exception {
        Content content = Content.random(sizeBytes);
        try (Spool spool = new Spool(directory)) {
            spool.append(content.buffer(), sizeBytes);

            assertThat(spool.sizeBytes()).isEqualTo(sizeBytes);
            assertThat(spool.bytes().readAllBytes()).isEqualTo(content.bytes());
            assertThat(spool.bytes().readAllBytes()).isEqualTo(content.bytes());
        }
        assertThat(files()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 5000, IN_MEMORY})
    void takesBytesInPieces(int pieceBytes) throws Exception {
        Content content = Content.random(2 * IN_MEMORY);
        try (Spool spool = new Spool(directory)) {
            ByteBuffer all = content.buffer();
            while (all.hasRemaining()) {
                spool.append(all, Math.min(pieceBytes, all.remaining()));
            }
            assertThat(spool.bytes().readAllBytes()).isEqualTo(content.bytes());
        }
    }

    @Test
    void takesAnyBufferAndNoMoreThanWasSaid() throws Exception {
        Content content = Content.random(2 * IN_MEMORY);
        ByteBuffer direct = ByteBuffer.allocateDirect(2 * IN_MEMORY).put(content.buffer()).flip();
        ByteBuffer slice = ByteBuffer.wrap(content.bytes()).position(10).slice();
        try (Spool spool = new Spool(directory)) {
            spool.append(direct, IN_MEMORY + 1);
            spool.append(slice.position(5), 7);

            assertThat(direct.position()).isEqualTo(IN_MEMORY + 1);
            assertThat(slice.position()).isEqualTo(12);
            assertThat(spool.bytes().readAllBytes())
                    .isEqualTo(content.part(0, IN_MEMORY + 1).then(content.part(15, 22)).bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 2 * IN_MEMORY})
    void forgetsAndBeginsAgain(int sizeBytes) throws Exception {
        Content first = Content.random(sizeBytes);
        Content second = Content.random(sizeBytes / 2);
        try (Spool spool = new Spool(directory)) {
            spool.append(first.buffer(), sizeBytes);
            spool.clear();
            assertThat(spool.sizeBytes()).isZero();
            assertThat(spool.bytes().read()).isEqualTo(-1);
            spool.append(second.buffer(), second.sizeBytes());

            assertThat(spool.bytes().readAllBytes()).isEqualTo(second.bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 2 * IN_MEMORY})
    void canBeReadByteByByteAndTellsHowManyAreLeft(int sizeBytes) throws Exception {
        Content content = Content.random(sizeBytes);
        try (Spool spool = new Spool(directory)) {
            spool.append(content.buffer(), sizeBytes);
            InputStream bytes = spool.bytes();

            assertThat(bytes.read()).isEqualTo(content.bytes()[0] & 0xff);
            assertThat(bytes.available()).isEqualTo(sizeBytes - 1);
            assertThat(bytes.read(new byte[0])).isZero();
        }
    }

    @Test
    void interruptedThreadLosesNothing() throws Exception {
        Content content = Content.random(2 * IN_MEMORY);
        try (Spool spool = new Spool(directory)) {
            spool.append(content.part(0, IN_MEMORY + 1).buffer(), IN_MEMORY + 1);
            Thread.currentThread().interrupt();
            spool.append(content.part(IN_MEMORY + 1, 2 * IN_MEMORY).buffer(), IN_MEMORY - 1);
            byte[] read = spool.bytes().readAllBytes();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(read).isEqualTo(content.bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 2 * IN_MEMORY})
    void closedSpoolTakesAndGivesNothing(int sizeBytes) throws Exception {
        Spool spool = new Spool(directory);
        spool.append(Content.random(sizeBytes).buffer(), sizeBytes);
        InputStream bytes = spool.bytes();
        spool.close();
        spool.close();

        assertThat(spool.sizeBytes()).isEqualTo(sizeBytes);
        assertThat(files()).isZero();
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(bytes::read);
        assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(() -> spool.append(ByteBuffer.allocate(1), 1));
    }

    @Test
    void smallSpoolNeedsNoFolder() throws Exception {
        Path missing = directory.resolve("missing");
        try (Spool spool = new Spool(missing)) {
            spool.append(Content.random(IN_MEMORY).buffer(), IN_MEMORY);

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> spool.append(Content.random(1).buffer(), 1));
            assertThat(spool.sizeBytes()).isEqualTo(IN_MEMORY);
        }
    }
}
