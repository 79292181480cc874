package io.longshore.registry.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationHeaderTest {

    private static String encoded(String pair, Charset charset) {
        return Base64.getEncoder().encodeToString(pair.getBytes(charset));
    }

    private static void assertBasic(String header, String user, String password) {
        assertThat(AuthorizationHeader.parse(header))
                .asInstanceOf(type(AuthorizationHeader.Basic.class))
                .satisfies(basic -> {
                    assertThat(basic.credentials().user()).isEqualTo(user);
                    assertThat(basic.credentials().password().reveal()).isEqualTo(password);
                });
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", ignoreLeadingAndTrailingWhitespace = false, value = {
        "alice:secret,alice,secret", "alice:,alice,''", ":secret,'',secret", "alice:a:b:c,alice,a:b:c",
        "pässwörd:日本,pässwörd,日本", " a : b , a , b ", "::,'',:"
    })
    void readsNameAndPassword(String pair, String user, String password) {
        assertBasic("Basic " + encoded(pair, StandardCharsets.UTF_8), user, password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic ", "BASIC ", "Basic   ", "  Basic "})
    void takesTheSchemeInAnyCaseAndWithAnySpaces(String scheme) {
        assertBasic(scheme + encoded("alice:secret", StandardCharsets.UTF_8), "alice", "secret");
    }

    /** Older clients write so what has no place in ASCII. */
    @Test
    void readsLatin1WhereItIsNotUtf8() {
        assertBasic("Basic " + encoded("alicé:pässwörd", StandardCharsets.ISO_8859_1), "alicé", "pässwörd");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"Basic Og==", "basic  Og=="})
    void nameAndPasswordThatAreEmptyAreNone(String header) {
        assertThat(AuthorizationHeader.parse(header)).isEqualTo(new AuthorizationHeader.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "Basic", "Basic ", "Basic a2VlcGVy", "Basic !!!!", "Basic a2 VlcGVyOg==", "Basic a2VlcGVyOg==,x",
        "Basic _-__", "Bearer", "Bearer  ", "Digest username=x", "Basicx a2VlcGVyOg==", "Basic\ta2VlcGVyOg=="
    })
    void whatCannotBeUnderstoodIsNotTakenForNothing(String header) {
        assertThat(AuthorizationHeader.parse(header)).isEqualTo(new AuthorizationHeader.Unusable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer a.b.c", "bearer a.b.c", "BEARER    a.b.c", " Bearer a.b.c "})
    void readsTokens(String header) {
        assertThat(AuthorizationHeader.parse(header))
                .asInstanceOf(type(AuthorizationHeader.Bearer.class))
                .satisfies(bearer -> assertThat(bearer.token().reveal()).isEqualTo("a.b.c"));
    }

    @Test
    void printsNoSecret() {
        String basic = "Basic " + encoded("alice:hunter2", StandardCharsets.UTF_8);

        assertThat(AuthorizationHeader.parse(basic).toString()).doesNotContain("hunter2");
        assertThat(AuthorizationHeader.parse("Bearer hunter2").toString()).doesNotContain("hunter2");
    }
}
