package io.longshore.registry.it.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;

/** The key by which a server signs tokens, out of its database: so tokens can be made that it would not make. */
record OwnKey(ECKey pair) {
    static OwnKey of(AccessServer server) {
        // Keys are made when the first token is.
        server.http().get("/auth/token").send().expect(200);
        String pair = server.query("""
                select private_key from signing_key where private_key is not null and signs_from <= now()
                order by signs_from desc limit 1""").get(0);
        try {
            return new OwnKey(ECKey.parse(pair));
        } catch (ParseException e) {
            throw new IllegalStateException("the key of the server is no key", e);
        }
    }

    /** What the server has written into one of its tokens, to be changed. */
    static JWTClaimsSet.Builder claims(String token) {
        try {
            return new JWTClaimsSet.Builder(SignedJWT.parse(token).getJWTClaimsSet());
        } catch (ParseException e) {
            throw new IllegalArgumentException("no token", e);
        }
    }

    /** The head of the server's own tokens, to be changed. */
    JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).keyID(pair.getKeyID());
    }

    String signed(JWTClaimsSet claims) {
        return signed(header().build(), claims);
    }

    String signed(JWSHeader header, JWTClaimsSet claims) {
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new ECDSASigner(pair));
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK signs with P-256", e);
        }
        return Shown.secret(token.serialize());
    }
}
