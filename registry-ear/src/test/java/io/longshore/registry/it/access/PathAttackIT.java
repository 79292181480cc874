package io.longshore.registry.it.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.fault.Seed;
import io.longshore.registry.it.protocol.RawConnection;
import io.longshore.registry.it.protocol.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No way of writing an address leads anybody into a repository that they may not see. */
@ExtendWith(NoSecretsInLogs.class)
class PathAttackIT {
    private static final Seed SEED = Seed.of(PathAttackIT.class);
    /** What servers and filters have read differently, put in place of a slash. */
    private static final List<String> SLASHES = List.of(
            "//", "/./", "/%2e/", "/x/../", "/x/%2e%2e/", "/x/..;/", "/;/", "/;a=b/", ";a=b/", "%2f", "%2F", "%252f",
            "%5c", "\\", "/%00/", "%00/", "/%20/", "%20/", "/%09", "./", "../", "..%2f", "%c0%af", "%ef%bc%8f", "/.;/");
    /** … or at the end. */
    private static final List<String> ENDS = List.of(
            "/", "//", ".", "..", "/.", "/..", "%00", "%00.json", ";", ";a=b", "%20", "%09", "%0a", "?", "?/", "%3f",
            "#", "%23", ".json", "/../v1", "%2e", "/%2e", "?n=1", ":", "@", "&", "%");
    /** … or before everything. */
    private static final List<String> STARTS = List.of(
            "/", "//", "/.", "/./", "/../..", "/auth/..", "/auth/../", "/auth/..;", "/auth/%2e%2e", "/auth/..%2f", "/;",
            "/v2/..", "/v2/%2e%2e", "/v2/..;", "/api/..", "/x/..", "/%2e%2e", "http://127.0.0.1", "http://x", "/v2",
            "\\",
            "/v2/_catalog/..", "/v2/public/%2e%2e/..", "/longshore");

    private static AccessServer server;
    private static Fixture hidden;
    private static Fixture open;

    /** Who may not see what is private. */
    enum Outsider {
        ANONYMOUS,
        LIMITED_USER,
        TOKEN_FOR_PUBLIC
    }

    @BeforeAll
    static void start() {
        server = AccessServer.shared();
        hidden = Fixture.existing(server, "private");
        open = Fixture.existing(server, "public");
    }

    private static String authorization(Outsider outsider) {
        return switch (outsider) {
            case ANONYMOUS -> "";
            case LIMITED_USER -> "Authorization: " + Account.NOBODY.basic();
            case TOKEN_FOR_PUBLIC -> "Authorization: "
                    + Shown.bearer(server.token(Account.KEEPER, "repository:" + open.name() + ":pull,push,delete"));
        };
    }

    @ParameterizedTest
    @EnumSource
    void noVariantOfAPrivatePathIsServed(Outsider outsider) throws IOException {
        String[] header = authorization(outsider).isEmpty() ? new String[0] : new String[] {authorization(outsider)};
        for (String variant : variants(SEED.random(outsider.ordinal()))) {
            try (RawConnection connection = server.http().connect()) {
                connection.send("GET " + variant + " HTTP/1.1\r\nHost: x\r\n").sendHead(header);
                Reply reply = connection.read("GET");

                assertThat(reply.status()).as("%s as %s", variant, outsider).isGreaterThanOrEqualTo(400);
                assertThat(reply.text()).as("%s as %s", variant, outsider).doesNotContain("schemaVersion");
                assertThat(reply.body()).isNotEqualTo(hidden.blob());
            } catch (EOFException | SocketException closed) {
                // No answer is an answer, too.
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noVariantOfAPrivatePathIsDeletedOrWrittenTo(Outsider outsider) throws IOException {
        String[] header = authorization(outsider).isEmpty() ? new String[0] : new String[] {authorization(outsider)};
        List<String> variants = new ArrayList<>(variants(SEED.random(10 + outsider.ordinal())));
        for (String variant : variants.subList(0, variants.size() / 3)) {
            for (String method : List.of("DELETE", "PUT")) {
                try (RawConnection connection = server.http().connect()) {
                    connection.send(method + ' ' + variant + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n")
                            .sendHead(header);

                    assertThat(connection.read(method).status())
                            .as("%s %s", method, variant)
                            .isGreaterThanOrEqualTo(400);
                } catch (EOFException | SocketException closed) {
                    // No answer is an answer, too.
                }
            }
        }
        assertThat(server.as(Account.KEEPER).get(hidden.keeper().manifest("v1")).send().expect(200).body())
                .isEqualTo(hidden.image().bytes());
        server.as(Account.KEEPER).head(hidden.keeper().blob(hidden.blobDigest())).send().expect(200);
    }

    /** Every path with one change, and some with two. */
    private static Set<String> variants(Random random) {
        Set<String> once = new TreeSet<>();
        for (String path : List.of(
                hidden.keeper().manifest("v1"), hidden.keeper().blob(hidden.blobDigest()),
                hidden.keeper().path("tags/list"))) {
            once.addAll(changed(path));
        }
        once.addAll(throughThePublic());
        List<String> all = new ArrayList<>(once);
        Set<String> variants = new TreeSet<>(once);
        for (int i = 0; i < 200; i++) {
            List<String> twice = changed(all.get(random.nextInt(all.size())));
            variants.add(twice.get(random.nextInt(twice.size())));
        }
        return variants;
    }

    private static List<String> changed(String path) {
        List<String> changed = new ArrayList<>(List.of(path));
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            for (String other : SLASHES) {
                changed.add(path.substring(0, slash) + other + path.substring(slash + 1));
            }
        }
        ENDS.forEach(end -> changed.add(path + end));
        STARTS.forEach(start -> changed.add(start + path));
        changed.add(path.replace("private", "%70rivate"));
        changed.add(path.replace("private", "%2570rivate"));
        changed.add(path.replace("private", "PRIVATE"));
        changed.add(path.replace("private", "private."));
        changed.add(path.replace("private", ".private"));
        changed.add(path.replace("/v2/", "/V2/"));
        changed.add(path.replace("/v2/", "/%76%32/"));
        return changed;
    }

    /** From a repository that may be pulled over to one that may not. */
    private static List<String> throughThePublic() {
        List<String> paths = new ArrayList<>();
        int ups = open.name().split("/").length;
        for (String up : List.of("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..;/", "..%252f", "..\\", "..%5c")) {
            paths.add("/v2/" + open.name() + '/' + up.repeat(ups) + hidden.name() + "/manifests/v1");
            paths.add("/v2/public/" + up + hidden.name() + "/manifests/v1");
            paths.add("/v2/" + open.name() + "/manifests/" + up.repeat(ups + 1) + hidden.name() + "/manifests/v1");
        }
        paths.add("/v2/" + open.name() + "/blobs/" + hidden.blobDigest());
        paths.add("/v2/" + open.name() + "/manifests/" + hidden.image().digest());
        paths.add("/v2/" + open.name() + "/referrers/../../" + hidden.name() + "/manifests/v1");
        return paths;
    }
}
