package io.longshore.registry.client.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.client.copy.CopyListener.Outcome;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Digest DIGEST = Digest.parse("sha256:" + "0123456789ab" + "0".repeat(52));
    private static final Descriptor BLOB = Descriptor.of("text/plain", DIGEST, 3_000_000);
    private static final Descriptor MANIFEST = Descriptor.of(MediaTypes.OCI_INDEX, DIGEST, 100);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    @Test
    void drawsABarForWhatIsOnItsWay() {
        Progress progress = progress(Progress.Style.BARS);
        progress.moved(BLOB, 1_000_000);
        assertThat(text()).isEmpty();

        clock.addAndGet(1_000_000_000);
        progress.moved(BLOB, 500_000);

        assertThat(text()).isEqualTo("sha256:0123456789ab  [===============>              ]  1.50 MB of 3.00 MB\n");
    }

    @Test
    void putsALineInPlaceOfABarThatIsFull() {
        Progress progress = progress(Progress.Style.BARS);
        clock.addAndGet(1_000_000_000);
        progress.moved(BLOB, 3_000_000);
        out.reset();

        progress.done(BLOB, Outcome.COPIED);
        progress.close();

        assertThat(text()).isEqualTo("\u001b[1A\r\u001b[Jsha256:0123456789ab  blob  copied 3.00 MB\n");
    }

    @Test
    void takesTheBarsAwayAtTheEnd() {
        Progress progress = progress(Progress.Style.BARS);
        clock.addAndGet(1_000_000_000);
        progress.moved(BLOB, 1);
        out.reset();

        progress.close();

        assertThat(text()).isEqualTo("\u001b[1A\r\u001b[J");
    }

    @Test
    void saysInLinesWhatIsDoneWhereThereIsNoTerminal() {
        Progress progress = progress(Progress.Style.LINES);
        clock.addAndGet(1_000_000_000);
        progress.moved(BLOB, 1);
        progress.done(BLOB, Outcome.MOUNTED);
        progress.done(MANIFEST, Outcome.PRESENT);
        progress.close();

        assertThat(text()).isEqualTo(
                "sha256:0123456789ab  blob  mounted\nsha256:0123456789ab  manifest  was there\n");
    }

    @Test
    void watchesHowMuchOfAStreamIsRead() throws IOException {
        Progress progress = progress(Progress.Style.BARS);
        InputStream watched = progress.watched(new ByteArrayInputStream(new byte[10]), "a file", 10);
        clock.addAndGet(1_000_000_000);

        assertThat(watched.readNBytes(5)).hasSize(5);

        assertThat(text()).isEqualTo("a file  [===============>              ]  5 B of 10 B\n");
        assertThat(watched.read()).isZero();
        assertThat(watched.readAllBytes()).hasSize(4);
        assertThat(watched.read()).isEqualTo(-1);
    }

    @Test
    void isQuiet() {
        Progress progress = progress(Progress.Style.NONE);
        clock.addAndGet(1_000_000_000);
        progress.moved(BLOB, 1);
        progress.done(BLOB, Outcome.COPIED);
        progress.close();

        assertThat(text()).isEmpty();
    }

    private Progress progress(Progress.Style style) {
        return new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), style, clock::get);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
