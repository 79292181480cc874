package io.longshore.registry.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(shown));
    private final PrintStream server = new PrintStream(console, true);

    @Test
    void holdsBackWhatIsSaidDuringTheStartAndShowsItInOrderAfterwards() {
        server.print("early ");
        assertThat(shown()).isEmpty();

        console.show();
        server.print("late");

        assertThat(shown()).isEqualTo("early late");
    }

    @Test
    void dropsWhatIsSaidDuringTheStop() {
        console.show();
        console.drop();
        server.print("bye");

        assertThat(shown()).isEmpty();
    }

    @Test
    void knowsAServerThatGaveUp() {
        server.print("12:00:00 ERROR [x] trouble\n");
        assertThat(console.tellsOfGivingUp()).isFalse();

        server.print("12:00:00 FATAL [server] WFLYSRV0056\n");
        assertThat(console.tellsOfGivingUp()).isTrue();
    }

    private String shown() {
        return shown.toString(Charset.defaultCharset());
    }
}
