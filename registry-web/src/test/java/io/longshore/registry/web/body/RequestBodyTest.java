package io.longshore.registry.web.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

    @Test
    void readsWhatTheClientSends() throws IOException {
        byte[] sent = "content".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream read = new ByteArrayOutputStream();

        try (InputStream body = new RequestBody(new ByteArrayInputStream(sent))) {
            assertThat(body.available()).isEqualTo(sent.length);
            assertThat(body.read()).isEqualTo('c');
            body.transferTo(read);
        }

        assertThat(read.toString(StandardCharsets.US_ASCII)).isEqualTo("ontent");
    }

    @Test
    void tellsABrokenConnectionFromABrokenTarget() {
        IOException reset = new IOException("Connection reset by peer");
        IOException disk = new IOException("disk");
        InputStream broken = new RequestBody(new InputStream() {
            @Override
            public int read() throws IOException {
                throw reset;
            }
        });
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw disk;
            }
        };

        assertThatThrownBy(broken::read).isInstanceOf(BodyLostException.class).hasCause(reset);
        assertThatThrownBy(() -> broken.transferTo(OutputStream.nullOutputStream()))
                .isInstanceOf(BodyLostException.class);
        assertThatThrownBy(() -> new RequestBody(new ByteArrayInputStream(new byte[1])).transferTo(full))
                .isSameAs(disk);
    }
}
