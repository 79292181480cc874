package io.longshore.registry.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CredentialsTest {
    @Test
    void printWithoutTheirSecret() {
        assertThat(Credentials.password("alice", "s3cret")).hasToString("password of alice");
        assertThat(Credentials.identityToken("s3cret")).hasToString("identity token");
    }

    @Test
    void areSentInUtf8() {
        assertThat(Credentials.password("test", "123\u00A3").basic()).isEqualTo("Basic dGVzdDoxMjPCow==");
    }

    @Test
    void refuseANameThatWouldEndEarly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.password("a:b", "s3cret"))
                .withMessageNotContaining("s3cret");
    }
}
