package io.longshore.registry.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import java.time.Instant;

/** A key pair that this node can sign with, and when. Immutable and thread-safe; prints no secret. */
final class SigningKey {
    private final String kid;
    private final JWSSigner signer;
    private final Instant from;
    private final Instant until;

    /** @param until exclusive */
    SigningKey(ECKey pair, Instant from, Instant until) {
        this.kid = pair.getKeyID();
        this.from = from;
        this.until = until;
        try {
            this.signer = new ECDSASigner(pair);
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    String kid() {
        return kid;
    }

    JWSSigner signer() {
        return signer;
    }

    boolean signsAt(Instant time) {
        return !time.isBefore(from) && time.isBefore(until);
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid + ", from " + from + " until " + until + "]";
    }
}
