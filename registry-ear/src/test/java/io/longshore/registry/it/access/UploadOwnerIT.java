package io.longshore.registry.it.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.protocol.Upload;
import io.longshore.registry.model.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An upload belongs to who began it, with whatever they show. */
@ExtendWith(NoSecretsInLogs.class)
class UploadOwnerIT {
    private static AccessServer server;

    private final byte[] blob = TestContent.bytes(1000);
    private final Digest digest = TestContent.sha256(blob);
    private final String name = "private/" + TestContent.newName("owner");

    @BeforeAll
    static void start() {
        server = AccessServer.shared();
    }

    private Upload begin(Http http) {
        return Upload.start(http, new Repository(http, name)).append(blob);
    }

    /** Even administrators have no business in it. */
    @ParameterizedTest
    @EnumSource(names = {"STRANGER", "KEEPER", "ROOT"})
    void anUploadOfSomebodyElseDoesNotExistAndStaysUntouched(Account other) {
        Upload upload = begin(server.as(Account.PUSHER));
        String location = upload.location();
        Http intruder = server.as(other);

        intruder.get(location).send().expectError(404, "BLOB_UPLOAD_UNKNOWN");
        intruder.patch(location).body(new byte[10]).send().expectError(404, "BLOB_UPLOAD_UNKNOWN");
        intruder.put(location + "?digest=" + digest).send().expectError(404, "BLOB_UPLOAD_UNKNOWN");
        intruder.delete(location).send().expectError(404, "BLOB_UPLOAD_UNKNOWN");

        assertThat(upload.range()).isEqualTo("0-999");
        upload.finish(digest, blob);
    }

    @Test
    void anUploadIsNotFoundThroughAnotherRepositoryEither() {
        Upload upload = begin(server.as(Account.PUSHER));
        String elsewhere = upload.location().replace(name, "public/" + TestContent.newName("elsewhere"));

        for (Account account : List.of(Account.PUSHER, Account.STRANGER)) {
            server.as(account).get(elsewhere).send().expectError(404, "BLOB_UPLOAD_UNKNOWN");
            server.as(account).put(elsewhere + "?digest=" + digest).send().expectError(404, "BLOB_UPLOAD_UNKNOWN");
        }
        upload.finish(digest, blob);
    }

    @Test
    void aPushWhoseTokenExpiresOnTheWayGoesOnWithAnotherOne() {
        String scope = "repository:" + name + ":pull,push";
        String token = server.token(Account.PUSHER, scope);
        Upload upload = begin(server.http().authorized(Shown.bearer(token)));
        String expired = Shown.bearer(server.key().signed(OwnKey.claims(token)
                .expirationTime(Date.from(Instant.now().minus(Duration.ofMinutes(2))))
                .build()));

        assertThat(server.http().authorized(expired).patch(upload.location()).body(blob).send()
                        .expectError(401, "UNAUTHORIZED")
                        .header("WWW-Authenticate"))
                .isEqualTo(server.challenge("", "invalid_token"));

        byte[] whole = new byte[2 * blob.length];
        System.arraycopy(blob, 0, whole, 0, blob.length);
        System.arraycopy(blob, 0, whole, blob.length, blob.length);
        Http again = server.as(Account.PUSHER);
        String next = again.patch(upload.location()).body(blob).send().expect(202).header("Location");
        again.put(next + "?digest=" + TestContent.sha256(whole)).send().expect(201);
        assertThat(again.get("/v2/" + name + "/blobs/" + TestContent.sha256(whole)).send().expect(200).body())
                .isEqualTo(whole);
    }
}
