package io.longshore.registry.it.access;

import static io.longshore.registry.it.access.Need.CATALOG;
import static io.longshore.registry.it.access.Need.DELETE;
import static io.longshore.registry.it.access.Need.KEYS;
import static io.longshore.registry.it.access.Need.PULL;
import static io.longshore.registry.it.access.Need.PUSH;
import static io.longshore.registry.it.access.Need.SIGN_IN;
import static io.longshore.registry.it.access.Need.TOKEN;

import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Request;
import io.longshore.registry.it.protocol.TestContent;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Something that can be asked for, what it needs, and what comes of it for those who may.
 *
 * @param name as in the description of the API, with HEAD beside GET
 * @param variant which of several that have the same name
 * @param there status and code of the answer, where the repository exists
 * @param missing the same, where it does not
 * @param target path and query, made once for each request
 * @param send makes the request out of that
 */
record Operation(
        String name,
        String variant,
        Need need,
        String there,
        String missing,
        BiFunction<Fixture, Role, String> target,
        BiFunction<Request, Fixture, Request> send) {
    private static final String NO_UPLOAD = "404 BLOB_UPLOAD_UNKNOWN";
    private static final String IMAGE = "/v2/{name}/manifests/{reference}";
    private static final String BLOB = "/v2/{name}/blobs/{digest}";
    private static final String UPLOADS = "/v2/{name}/blobs/uploads/";
    private static final String UPLOAD = "/v2/{name}/blobs/uploads/{id}";

    /** The table. */
    static List<Operation> all() {
        return List.of(
                bare("GET /v2/", SIGN_IN, f -> "/v2/"),
                bare("HEAD /v2/", SIGN_IN, f -> "/v2/"),
                bare("GET /v2/_catalog", CATALOG, f -> "/v2/_catalog"),
                bare("HEAD /v2/_catalog", CATALOG, f -> "/v2/_catalog"),
                bare("GET /auth/token", TOKEN, f -> "/auth/token?scope=repository:" + f.name() + ":pull"),
                bare("GET /auth/jwks", KEYS, f -> "/auth/jwks"),
                bare("HEAD /auth/jwks", KEYS, f -> "/auth/jwks"),
                read("GET /v2/{name}/tags/list", "", "404 NAME_UNKNOWN", f -> f.keeper().path("tags/list")),
                read("HEAD /v2/{name}/tags/list", "", "404 NAME_UNKNOWN", f -> f.keeper().path("tags/list")),
                read("GET /v2/{name}/referrers/{digest}", "", "200", f -> referrers(f)),
                read("HEAD /v2/{name}/referrers/{digest}", "", "200", f -> referrers(f)),
                read("GET " + IMAGE, "tag", "404 MANIFEST_UNKNOWN", f -> f.keeper().manifest("v1")),
                read("HEAD " + IMAGE, "tag", "404 MANIFEST_UNKNOWN", f -> f.keeper().manifest("v1")),
                read("GET " + IMAGE, "digest", "404 MANIFEST_UNKNOWN", f -> f.keeper().manifest(f.image().digest())),
                read("HEAD " + IMAGE, "digest", "404 MANIFEST_UNKNOWN", f -> f.keeper().manifest(f.image().digest())),
                read("GET " + BLOB, "", "404 BLOB_UNKNOWN", f -> f.keeper().blob(f.blobDigest())),
                read("HEAD " + BLOB, "", "404 BLOB_UNKNOWN", f -> f.keeper().blob(f.blobDigest())),
                new Operation("PUT " + IMAGE, "tag", PUSH, "201", "404 MANIFEST_BLOB_UNKNOWN MANIFEST_BLOB_UNKNOWN",
                        path(f -> f.keeper().manifest("v1")), Operation::withManifest),
                new Operation("PUT " + IMAGE, "digest", PUSH, "201", "404 MANIFEST_BLOB_UNKNOWN MANIFEST_BLOB_UNKNOWN",
                        path(f -> f.keeper().manifest(f.image().digest())), Operation::withManifest),
                new Operation("DELETE " + IMAGE, "tag", DELETE, "202", "404 MANIFEST_UNKNOWN",
                        path(f -> f.keeper().manifest(f.doomedTag())), Operation::bodiless),
                new Operation("DELETE " + IMAGE, "digest", DELETE, "202", "404 MANIFEST_UNKNOWN",
                        path(f -> f.keeper().manifest(f.doomedDigest())), Operation::bodiless),
                new Operation("DELETE " + BLOB, "", DELETE, "202", "404 BLOB_UNKNOWN",
                        path(f -> f.keeper().blob(f.doomedBlob())), Operation::bodiless),
                new Operation("POST " + UPLOADS, "begin", PUSH, "202", "202",
                        path(f -> f.keeper().uploads()), Operation::bodiless),
                new Operation("POST " + UPLOADS, "whole blob", PUSH, "201", "201",
                        path(f -> f.keeper().uploads() + "?digest=" + f.blobDigest()), Operation::withBlob),
                new Operation("POST " + UPLOADS, "mount from itself", PUSH, "201", "202", path(f -> f.keeper().uploads()
                        + "?mount=" + f.blobDigest() + "&from=" + f.name()), Operation::bodiless),
                new Operation("POST " + UPLOADS, "mount what nobody has", PUSH, "202", "202", path(f ->
                        f.keeper().uploads() + "?mount=" + TestContent.unknownDigest()), Operation::bodiless),
                upload("GET", "own", "204", Operation::bodiless),
                upload("PATCH", "own", "202", Operation::withBlob),
                upload("PUT", "own", "201", Operation::withBlob),
                upload("DELETE", "own", "204", Operation::bodiless),
                upload("GET", "somebody else's", NO_UPLOAD, Operation::bodiless),
                upload("PATCH", "somebody else's", NO_UPLOAD, Operation::withBlob),
                upload("PUT", "somebody else's", NO_UPLOAD, Operation::withBlob),
                upload("DELETE", "somebody else's", NO_UPLOAD, Operation::bodiless));
    }

    private static Operation bare(String name, Need need, Function<Fixture, String> path) {
        return new Operation(name, "", need, "200", "200", path(path), Operation::bodiless);
    }

    private static Operation read(String name, String variant, String missing, Function<Fixture, String> path) {
        return new Operation(name, variant, PULL, "200", missing, path(path), Operation::bodiless);
    }

    private static Operation upload(
            String method, String whose, String there, BiFunction<Request, Fixture, Request> send) {
        return new Operation(method + ' ' + UPLOAD, whose, PUSH, there, NO_UPLOAD,
                (fixture, role) -> fixture.upload(whose.equals("own")
                                ? role.asUploader(fixture.server())
                                : Optional.of(fixture.server().as(Account.STRANGER)))
                        + (method.equals("PUT") ? "?digest=" + fixture.blobDigest() : ""),
                send);
    }

    private static BiFunction<Fixture, Role, String> path(Function<Fixture, String> path) {
        return (fixture, role) -> path.apply(fixture);
    }

    private static String referrers(Fixture fixture) {
        return fixture.keeper().path("referrers/" + fixture.image().digest());
    }

    private static Request bodiless(Request request, Fixture fixture) {
        return request;
    }

    private static Request withBlob(Request request, Fixture fixture) {
        return request.body(fixture.blob());
    }

    private static Request withManifest(Request request, Fixture fixture) {
        return request.header("Content-Type", fixture.image().mediaType()).body(fixture.image().bytes());
    }

    /** The request, yet to be sent. */
    Request request(Http http, Fixture fixture, Role role) {
        String path = target.apply(fixture, role);
        return send.apply(http.request(method(), path), fixture);
    }

    String method() {
        return name.substring(0, name.indexOf(' '));
    }

    /** As it is in the description of the API. */
    String described() {
        return name.startsWith("HEAD ") ? "GET" + name.substring("HEAD".length()) : name;
    }

    @Override
    public String toString() {
        return variant.isEmpty() ? name : name + " (" + variant + ')';
    }
}
