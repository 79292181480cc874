package io.longshore.registry.client.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VerifiedStreamTest {
    private static final byte[] CONTENT = new byte[1000];
    private static final Descriptor BLOB = Descriptor.of(
            MediaTypes.OCTET_STREAM, Digest.of(DigestAlgorithm.SHA256, CONTENT), CONTENT.length);

    private static VerifiedStream verified(byte[] content) {
        return new VerifiedStream(new ByteArrayInputStream(content), BLOB);
    }

    @Test
    void givesOutWhatIsRight() throws IOException {
        try (InputStream in = verified(CONTENT)) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void failsEachTimeThatItsEndIsRead() throws IOException {
        byte[] other = CONTENT.clone();
        other[7] = 1;
        try (InputStream in = verified(other)) {
            assertThat(in.read(other)).isEqualTo(CONTENT.length);

            for (int i = 0; i < 3; i++) {
                assertThatIOException().isThrownBy(in::read).withMessageContaining("in place of " + BLOB.digest());
            }
        }
    }

    @Test
    void readsNoMoreThanTheContentHas() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }
        };
        try (InputStream in = new VerifiedStream(endless, BLOB)) {
            assertThatIOException().isThrownBy(in::readAllBytes).withMessageContaining("more than the 1000 bytes");
        }
    }
}
