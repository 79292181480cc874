package io.longshore.registry.access.jwt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates as they stand in files and tokens. */
public final class PemCertificates {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----([^-]++)-----END CERTIFICATE-----");

    private PemCertificates() {}

    /**
     * All certificates in a file; whatever else stands in it is passed over.
     *
     * @throws IOException if there is none, or one that is none
     */
    public static List<X509Certificate> parse(byte[] pem) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher block = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        while (block.find()) {
            certificates.add(certificate(block.group(1)));
        }
        if (certificates.isEmpty()) {
            throw new IOException("expected certificates in PEM");
        }
        return certificates;
    }

    /** A certificate in Base64, perhaps in several lines. */
    static X509Certificate certificate(String base64) throws IOException {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new IOException("expected a certificate", e);
        }
    }
}
