package io.longshore.registry.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import org.junit.jupiter.api.Test;

class LibtrustKeyIdTest {

    /** The key and its id are those of the example in distribution's specification of tokens. */
    @Test
    void isThatOfLibtrust() throws Exception {
        ECKey key = ECKey.parse("""
                {"kty": "EC", "crv": "P-256",
                 "x": "m7zUpx3b-zmVE5cymSs64POG9QcyEpJaYCD82-549_Q",
                 "y": "dU3biz8sZ_8GPB-odm8Wxz3lNDr1xcAQQPQaOcr1fmc"}
                """);

        assertThat(LibtrustKeyId.of(key.toPublicKey()))
                .isEqualTo("PYYO:TEWU:V7JH:26JV:AQTZ:LJC3:SXVJ:XGHA:34F2:2LAQ:ZRMK:Z7Q6");
    }
}
