package io.longshore.registry.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RegistryException.Kind;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeletionTest {
    private final AtomicInteger deleted = new AtomicInteger();

    @Test
    void deletesWhereThatIsPermitted() {
        Response reply = new Deletion(true).answer("GET", deleted::incrementAndGet);

        assertThat(reply.getStatus()).isEqualTo(202);
        assertThat(reply.getHeaderString("Content-Length")).isEqualTo("0");
        assertThat(deleted).hasValue(1);
    }

    @Test
    void namesTheMethodsThatAreLeftWhereItIsSwitchedOff() {
        assertNotAllowed(new Deletion(false).answer("GET, HEAD", deleted::incrementAndGet));
        assertThat(deleted).hasValue(0);
    }

    @Test
    void namesTheMethodsThatAreLeftWhereTheThingIsNeeded() {
        RegistryException needed =
                new RegistryException.Refused(Kind.NOT_ALLOWED, ErrorCode.UNSUPPORTED, "needed", "");

        assertNotAllowed(new Deletion(true).answer("GET, HEAD", () -> {
            throw needed;
        }));
    }

    @Test
    void leavesOtherRefusalsAsTheyAre() {
        RegistryException other = new RegistryException.Refused(Kind.CONFLICT, ErrorCode.UNSUPPORTED, "other", "");

        assertThatThrownBy(() -> new Deletion(true).answer("GET", () -> {
                    throw other;
                }))
                .isSameAs(other);
    }

    private static void assertNotAllowed(Response reply) {
        assertThat(reply.getStatus()).isEqualTo(405);
        assertThat(reply.getHeaderString("Allow")).isEqualTo("GET, HEAD");
        assertThat(new String((byte[]) reply.getEntity(), StandardCharsets.UTF_8)).contains("UNSUPPORTED");
    }
}
