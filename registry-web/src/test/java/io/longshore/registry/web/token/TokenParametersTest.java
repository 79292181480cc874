package io.longshore.registry.web.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenParametersTest {

    @Test
    void readsNamesAndValuesAsFormsHaveThem() throws OAuthException {
        TokenParameters parameters =
                TokenParameters.parse("username=al%C3%AFce&password=a%26b%3D+c%2B&client_id=&x&grant_type=password");

        assertThat(parameters.get("username")).isEqualTo("al\u00efce");
        assertThat(parameters.get("password")).isEqualTo("a&b= c+");
        assertThat(parameters.find("client_id")).isEmpty();
        assertThat(parameters.find("x")).isEmpty();
        assertThat(parameters.find("y")).isEmpty();
    }

    @Test
    void readsScopesAsOftenAsTheyCome() throws OAuthException {
        assertThat(TokenParameters.parse("scope=repository%3Aa%3Apull&service=s&scope=registry:catalog:*+x").scopes())
                .containsExactly("repository:a:pull", "registry:catalog:* x");
        assertThat(TokenParameters.parse(null).scopes()).isEmpty();
        assertThat(TokenParameters.parse("").scopes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"username=a&username=b", "service=a&service=a", "a=%", "a=%zz", "%=a", "a=%1"})
    void refuses(String encoded) {
        assertThatThrownBy(() -> TokenParameters.parse(encoded))
                .isInstanceOfSatisfying(OAuthException.class, refusal ->
                        assertThat(refusal.error()).isEqualTo("invalid_request"));
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> TokenParameters.parse("username=a").get("password"))
                .isInstanceOf(OAuthException.class)
                .hasMessage("the parameter password is missing");
    }

    @Test
    void printsNoPassword() throws OAuthException {
        assertThat(TokenParameters.parse("password=hunter2").toString()).doesNotContain("hunter2");
    }
}
