package io.longshore.registry.client.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text (RFC 7468). What stands between its blocks is a comment. Shows nothing of it. */
final class PemFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\R(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";

    private final Path path;
    private final String text;

    private PemFile(Path path, String text) {
        this.path = path;
        this.text = text;
    }

    static PemFile read(Path path) throws IOException {
        return new PemFile(path, Files.readString(path, StandardCharsets.ISO_8859_1));
    }

    /**
     * All certificates, in their order.
     *
     * @throws IOException if there is none, or one that is broken
     */
    List<X509Certificate> certificates() throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            if (block.group(1).equals(CERTIFICATE)) {
                certificates.add(certificate(content(block)));
            }
        }
        if (certificates.isEmpty()) {
            throw new IOException(path + " has no certificate, which begins with -----BEGIN CERTIFICATE-----");
        }
        return certificates;
    }

    private X509Certificate certificate(byte[] content) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content));
        } catch (CertificateException e) {
            throw new IOException("a certificate in " + path + " is broken: " + e.getMessage(), e);
        }
    }

    /**
     * The first private key.
     *
     * @param of what it belongs to
     * @throws IOException if there is none, or it is not in PKCS#8, or of another algorithm
     */
    PrivateKey privateKey(PublicKey of) throws IOException {
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            if (block.group(1).equals(KEY)) {
                return privateKey(content(block), of.getAlgorithm());
            }
            if (block.group(1).endsWith(KEY)) {
                throw new IOException("the " + block.group(1) + " in " + path + " is not in PKCS#8 without a password."
                        + " Make it so with openssl pkcs8 -topk8 -nocrypt -in <file> -out <new file>");
            }
        }
        throw new IOException(path + " has no private key, which begins with -----BEGIN PRIVATE KEY-----");
    }

    private PrivateKey privateKey(byte[] content, String algorithm) throws IOException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content));
        } catch (GeneralSecurityException e) {
            throw new IOException("the private key in " + path + " is broken, or not that of an " + algorithm
                    + " certificate", e);
        }
    }

    private byte[] content(Matcher block) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException e) {
            throw new IOException("a " + block.group(1) + " in " + path + " is not in base 64", e);
        }
    }
}
