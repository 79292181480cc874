package io.longshore.registry.web.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.web.CapturedLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ReplyBodyTest {
    private static final OutputStream GONE = new OutputStream() {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("Connection reset by peer");
        }
    };

    @Test
    void sendsWhatTheSourceWrites() throws IOException {
        ByteArrayOutputStream client = new ByteArrayOutputStream();

        new ReplyBody(out -> {
                    out.write('a');
                    out.write("bcd".getBytes(StandardCharsets.US_ASCII), 1, 2);
                    out.flush();
                })
                .write(client);

        assertThat(client.toString(StandardCharsets.US_ASCII)).isEqualTo("acd");
    }

    @Test
    void endsQuietlyWhenTheClientGoesAndStopsTheSource() throws IOException {
        AtomicBoolean wentOn = new AtomicBoolean();
        try (CapturedLog log = new CapturedLog(ReplyBody.class)) {
            new ReplyBody(out -> {
                        out.write(new byte[10]);
                        wentOn.set(true);
                    })
                    .write(GONE);

            assertThat(wentOn).isFalse();
            assertThat(log.records()).isEmpty();
        }
    }

    @Test
    void doesNotTakeAFailingSourceForAClientThatHasGone() {
        IOException broken = new IOException("disk");

        assertThatThrownBy(() -> new ReplyBody(out -> {
                            throw broken;
                        })
                        .write(GONE))
                .isSameAs(broken);
    }
}
