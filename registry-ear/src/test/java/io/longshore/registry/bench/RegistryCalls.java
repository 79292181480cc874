package io.longshore.registry.bench;

import io.longshore.registry.bench.HttpConnection.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** The calls of the distribution API over one connection; each fails if the answer is not the expected one. */
final class RegistryCalls implements AutoCloseable {

    private static final String NO_BODY = "Content-Length: 0\r\n";
    private static final String OCTETS = "Content-Type: application/octet-stream\r\n";
    private static final String ACCEPT = "Accept: " + Manifest.TYPE + "\r\n";

    private final HttpConnection connection;
    private final Pull pull;

    /** Closes both. */
    RegistryCalls(HttpConnection connection, Pull pull) {
        this.connection = connection;
        this.pull = pull;
    }

    void open() throws IOException {
        connection.open();
    }

    /** Monolithic: POST, then all bytes in one PUT. */
    void pushWithPut(String repository, Blob blob) throws IOException {
        String session = beginUpload(repository);
        expect(201, "PUT", finish(session, blob), OCTETS + length(blob.size()), blob.plain());
    }

    /** As a stream: POST, all bytes of unannounced length in one PATCH, and a PUT that ends the upload. */
    void pushWithPatch(String repository, Blob blob) throws IOException {
        String session = beginUpload(repository);
        Reply patched = expect(202, "PATCH", session, OCTETS + "Transfer-Encoding: chunked\r\n", blob.chunked());
        expect(201, "PUT", finish(patched.locationPath(), blob), NO_BODY);
    }

    /** All bytes with the POST itself, which a registry need not support. */
    void pushWithPost(String repository, Blob blob) throws IOException {
        String target = uploads(repository) + "?digest=" + blob.digest();
        expect(201, "POST", target, OCTETS + length(blob.size()), blob.plain());
    }

    /** Whether {@link #pushWithPost} would work: the answer is 201 and not 202. */
    boolean takesPost(String repository, Blob blob) throws IOException {
        String target = uploads(repository) + "?digest=" + blob.digest();
        return connection.send("POST", target, OCTETS + length(blob.size()), Sink.NONE, blob.plain()).status() == 201;
    }

    void mount(String repository, String from, Blob blob) throws IOException {
        expect(201, "POST", uploads(repository) + "?mount=" + blob.digest() + "&from=" + from, NO_BODY);
    }

    void headBlob(String repository, Blob blob) throws IOException {
        String target = blobPath(repository, blob);
        requireSize(target, blob.size(), expect(200, "HEAD", target, "").contentLength());
    }

    void pullBlob(String repository, Blob blob) throws IOException {
        String target = blobPath(repository, blob);
        requireSize(target, blob.size(), pull.get(target, Sink.NONE).bytes());
    }

    /** Pulls and computes the digest, which costs more than to pull. */
    void verifyBlob(String repository, Blob blob) throws IOException {
        MessageDigest digest = BlobSource.sha256();
        String target = blobPath(repository, blob);
        pull.get(target, digest::update);
        requireDigest(target, blob.digest(), digest);
    }

    /** @param reference a tag or a digest */
    void putManifest(String repository, String reference, Manifest manifest) throws IOException {
        String fields = "Content-Type: " + Manifest.TYPE + "\r\n" + length(manifest.json().length);
        expect(201, "PUT", manifestPath(repository, reference), fields, manifest.body());
    }

    void headManifest(String repository, String reference, Manifest manifest) throws IOException {
        String target = manifestPath(repository, reference);
        requireSize(target, manifest.json().length, expect(200, "HEAD", target, ACCEPT).contentLength());
    }

    void pullManifest(String repository, String reference, Manifest manifest) throws IOException {
        String target = manifestPath(repository, reference);
        requireSize(target, manifest.json().length, expect(200, "GET", target, ACCEPT).bytes());
    }

    void verifyManifest(String repository, String reference, Manifest manifest) throws IOException {
        MessageDigest digest = BlobSource.sha256();
        String target = manifestPath(repository, reference);
        connection.send("GET", target, ACCEPT, digest::update).require(200, "GET", target);
        requireDigest(target, manifest.digest(), digest);
    }

    void deleteManifest(String repository, Manifest manifest) throws IOException {
        expect(202, "DELETE", manifestPath(repository, manifest.digest()), "");
    }

    /** A read that only has to succeed, such as one of a list; returns the length of the body. */
    long get(String target) throws IOException {
        return expect(200, "GET", target, "").bytes();
    }

    /** How often the body of a reply has the byte: for lists, where each entry has its own. */
    int count(String target, char wanted) throws IOException {
        int[] count = new int[1];
        connection.send("GET", target, "", bytes -> {
            while (bytes.hasRemaining()) {
                count[0] += bytes.get() == wanted ? 1 : 0;
            }
        }).require(200, "GET", target);
        return count[0];
    }

    @Override
    public void close() throws IOException {
        try (pull) {
            connection.close();
        }
    }

    private String beginUpload(String repository) throws IOException {
        return expect(202, "POST", uploads(repository), NO_BODY).locationPath();
    }

    private Reply expect(int status, String method, String target, String fields, ByteBuffer... body)
            throws IOException {
        Reply reply = connection.send(method, target, fields, Sink.NONE, body);
        reply.require(status, method, target);
        return reply;
    }

    private static void requireSize(String target, long expected, long actual) throws IOException {
        if (expected != actual) {
            throw new IOException(target + ": " + actual + " bytes instead of " + expected);
        }
    }

    private static void requireDigest(String target, String expected, MessageDigest actual) throws IOException {
        String digest = BlobSource.text(actual);
        if (!digest.equals(expected)) {
            throw new IOException(target + ": the bytes have the digest " + digest + " instead of " + expected);
        }
    }

    private static String length(long bytes) {
        return "Content-Length: " + bytes + "\r\n";
    }

    private static String finish(String session, Blob blob) {
        return session + (session.indexOf('?') < 0 ? '?' : '&') + "digest=" + blob.digest();
    }

    private static String uploads(String repository) {
        return "/v2/" + repository + "/blobs/uploads/";
    }

    private static String blobPath(String repository, Blob blob) {
        return "/v2/" + repository + "/blobs/" + blob.digest();
    }

    private static String manifestPath(String repository, String reference) {
        return "/v2/" + repository + "/manifests/" + reference;
    }
}
