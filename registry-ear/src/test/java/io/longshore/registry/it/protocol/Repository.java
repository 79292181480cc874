package io.longshore.registry.it.protocol;

import io.longshore.registry.model.Digest;

/** A repository of a registry, and what tests do in it again and again. */
public final class Repository {
    private final Http http;
    private final String name;

    public Repository(Http http, String name) {
        this.http = http;
        this.name = name;
    }

    /** One that nothing else uses; it comes into being with its first content. */
    public static Repository fresh(Http http, String hint) {
        return new Repository(http, TestContent.newName(hint));
    }

    public String name() {
        return name;
    }

    /** The path of something in this repository. */
    public String path(String rest) {
        return "/v2/" + name + '/' + rest;
    }

    public String manifest(Object reference) {
        return path("manifests/" + reference);
    }

    public String blob(Digest digest) {
        return path("blobs/" + digest);
    }

    public String uploads() {
        return path("blobs/uploads/");
    }

    /** Pushes a blob in a single request, under its sha256 digest. */
    public Digest push(byte[] blob) {
        Digest digest = TestContent.sha256(blob);
        push(blob, digest);
        return digest;
    }

    public void push(byte[] blob, Digest digest) {
        http.post(uploads() + "?digest=" + digest).body(blob).send().expect(201);
    }

    /** Pushes a manifest whose blobs are there. */
    public Reply push(Object reference, TestManifest manifest) {
        return put(reference, manifest).send().expect(201);
    }

    /** The push of a manifest, yet to be sent. */
    public Request put(Object reference, TestManifest manifest) {
        return http.put(manifest(reference)).header("Content-Type", manifest.mediaType()).body(manifest.bytes());
    }

    /** Pushes the config and the layers of a small image, and then the image under a tag. */
    public TestManifest pushImage(String tag) {
        TestManifest image = newImage();
        push(tag, image);
        return image;
    }

    /** A small image that is like no other, whose config and layers are there. */
    public TestManifest newImage() {
        return TestManifest.image(pushed(64), pushed(256));
    }

    private byte[] pushed(int size) {
        byte[] blob = TestContent.bytes(size);
        push(blob);
        return blob;
    }

    /** Begins an upload and returns its location. */
    public String startUpload() {
        return startUpload("");
    }

    /** @param query with its question mark */
    public String startUpload(String query) {
        return http.post(uploads() + query).send().expect(202).header("Location");
    }

    @Override
    public String toString() {
        return name;
    }
}
