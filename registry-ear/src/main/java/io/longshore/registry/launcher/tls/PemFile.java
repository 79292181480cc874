package io.longshore.registry.launcher.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file in PEM held when it was read. What stands between its blocks is a comment. Shows nothing of it. */
final class PemFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\R(.*?)-----END \\1-----", Pattern.DOTALL);
    /** Of old formats, before the content: encrypted keys have some. */
    private static final Pattern HEADERS = Pattern.compile("(?:[A-Za-z-]+:.*\\R)+");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";

    private final Path path;
    private final byte[] bytes;

    private PemFile(Path path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    /** @throws TlsException if the file cannot be read */
    static PemFile read(Path path) throws TlsException {
        try {
            return new PemFile(path, Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw new TlsException("there is no file " + path, e);
        } catch (AccessDeniedException e) {
            throw new TlsException("this user may not read the file " + path, e);
        } catch (IOException e) {
            throw new TlsException("cannot read the file " + path + ": " + e.getMessage(), e);
        }
    }

    Path path() {
        return path;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /**
     * All certificates of the file, in its order.
     *
     * @throws TlsException if there is none, or one that is broken
     */
    List<X509Certificate> certificates() throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Matcher block = blocks(); block.find(); ) {
            if (block.group(1).equals(CERTIFICATE)) {
                certificates.add(certificate(content(block)));
            }
        }
        if (certificates.isEmpty()) {
            throw new TlsException(path + " has no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----");
        }
        return certificates;
    }

    /**
     * The one private key of the file, in PKCS#8.
     *
     * @throws TlsException if there is none or more than one, or it is broken, encrypted or of an unknown form
     */
    byte[] privateKey() throws TlsException {
        List<byte[]> keys = new ArrayList<>();
        for (Matcher block = blocks(); block.find(); ) {
            if (block.group(1).endsWith(KEY)) {
                keys.add(privateKey(block));
            }
        }
        if (keys.size() != 1) {
            throw new TlsException(path + (keys.isEmpty()
                    ? " has no private key in PEM, which begins with -----BEGIN PRIVATE KEY-----"
                    : " has more than one private key"));
        }
        return keys.get(0);
    }

    private byte[] privateKey(Matcher block) throws TlsException {
        if (block.group(1).equals("ENCRYPTED PRIVATE KEY") || block.group(2).contains("ENCRYPTED")) {
            throw new TlsException("the private key in " + path
                    + " has a password. Take it away with openssl pkey -in <file> -out <new file>");
        }
        byte[] content = content(block);
        try {
            return switch (block.group(1)) {
                case "PRIVATE KEY" -> content;
                case "RSA PRIVATE KEY" -> Der.fromPkcs1(content);
                case "EC PRIVATE KEY" -> Der.fromSec1(content);
                default -> throw new TlsException("the private key in " + path + " is a " + block.group(1)
                        + ", which is not known. Known are PRIVATE KEY, RSA PRIVATE KEY and EC PRIVATE KEY");
            };
        } catch (IllegalArgumentException e) {
            throw new TlsException("the private key in " + path + " is broken: " + e.getMessage(), e);
        }
    }

    private Matcher blocks() {
        return BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private byte[] content(Matcher block) throws TlsException {
        Matcher headers = HEADERS.matcher(block.group(2));
        String base64 = headers.lookingAt() ? block.group(2).substring(headers.end()) : block.group(2);
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new TlsException("a " + block.group(1) + " in " + path + " is not in base 64", e);
        }
    }

    private X509Certificate certificate(byte[] content) throws TlsException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(content));
        } catch (CertificateException e) {
            throw new TlsException("a certificate in " + path + " is broken: " + e.getMessage(), e);
        }
    }
}
