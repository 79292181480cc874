package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RegistryExtension.class)
@Tag("end-11")
class MountIT {
    private final Http http = Http.target();
    private final Repository source = Repository.fresh(http, "source");
    private final Repository target = Repository.fresh(http, "target");
    private final byte[] blob = TestContent.bytes(1000);
    private final Digest digest = source.push(blob);

    private Reply mount(String query) {
        return http.post(target.uploads() + query).send();
    }

    private void mounted(Reply reply, Digest mounted) {
        reply.expect(201);
        assertThat(reply.header("Location")).isEqualTo(target.blob(mounted));
        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(mounted.toString());
        assertThat(reply.contentLength()).isZero();
        assertThat(http.get(reply.header("Location")).send().expect(200).body()).isEqualTo(blob);
    }

    private void beganAnUploadInstead(Reply reply) {
        reply.expect(202);
        assertThat(reply.header("Range")).isEqualTo("0-0");
        UUID.fromString(reply.header("Docker-Upload-UUID"));
        http.put(reply.header("Location") + "?digest=" + digest).body(blob).send().expect(201);
    }

    @Test
    void mountsABlobOfTheRepositoryNamed() {
        mounted(mount("?mount=" + digest + "&from=" + source), digest);
    }

    @Test
    void mountsABlobOfWhicheverRepositoryHasIt() {
        mounted(mount("?mount=" + digest), digest);
    }

    @Test
    void takesTheSlashesAndTheColonEncoded() {
        String from = source.name().replace("/", "%2F");
        String encoded = digest.toString().replace(":", "%3A");

        mounted(mount("?from=" + from + "&mount=" + encoded), digest);
    }

    @Test
    void mountsABlobThatIsThereAlready() {
        target.push(blob);

        mounted(mount("?mount=" + digest + "&from=" + source), digest);
        mounted(mount("?mount=" + digest + "&from=" + target), digest);
    }

    @Test
    void mountsABlobUnderItsSha512Digest() {
        Digest sha512 = TestContent.sha512(blob);
        source.push(blob, sha512);

        mounted(mount("?mount=" + sha512 + "&from=" + source), sha512);
    }

    @Test
    void ignoresTheOriginThatSomeClientsSend() {
        mounted(mount("?mount=" + digest + "&from=" + source + "&origin=registry.example.org"), digest);
    }

    @Test
    void beginsAnUploadWhereNobodyHasTheBlob() {
        Digest unknown = TestContent.unknownDigest();

        mount("?mount=" + unknown + "&from=" + source).expect(202);
        mount("?mount=" + unknown).expect(202);
        beganAnUploadInstead(mount("?mount=" + unknown));
    }

    @Test
    void beginsAnUploadWhereTheRepositoryNamedDoesNotHaveTheBlob() {
        Repository other = Repository.fresh(http, "other");
        beganAnUploadInstead(mount("?mount=" + digest + "&from=" + other));
        other.push(TestContent.bytes(3));

        mount("?mount=" + digest + "&from=" + other).expect(202);
    }

    @Test
    void keepsAMountedBlobWhenTheSourceLosesIt() {
        mounted(mount("?mount=" + digest + "&from=" + source), digest);

        http.delete(source.blob(digest)).send().expect(202);

        assertThat(http.get(target.blob(digest)).send().expect(200).body()).isEqualTo(blob);
    }

    @Test
    void doesNotMountWhatTheSourceHasLost() {
        http.delete(source.blob(digest)).send().expect(202);

        beganAnUploadInstead(mount("?mount=" + digest + "&from=" + source));
    }

    @Test
    void refusesWhatIsNoDigest() {
        mount("?mount=latest&from=" + source).expectError(400, "DIGEST_INVALID");
        mount("?mount=&from=" + source).expectError(400, "DIGEST_INVALID");
    }

    @Test
    @Tag("code-8")
    void refusesWhatIsNoRepositoryName() {
        mount("?mount=" + digest + "&from=UPPER").expectError(400, "NAME_INVALID");
        mount("?mount=" + digest + "&from=").expectError(400, "NAME_INVALID");
    }
}
