package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are called something that they are not. Nobody but the registry may look into them. */
@ExtendWith(RegistryExtension.class)
class BodyTypeIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "body-type");

    /** The body is sent only when it is asked for, so that whoever looks for its beginning has to wait for it. */
    @ParameterizedTest
    @ValueSource(strings = {
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-8",
        "multipart/form-data; boundary=x",
        "application/json",
        "text/plain"
    })
    @Tag("end-4b")
    @Tag("end-5")
    @Tag("end-6")
    void takesEveryByteWhateverItsTypeIsSaidToBe(String type) throws Exception {
        byte[] blob = "a=b&c=d&e=f".getBytes(StandardCharsets.UTF_8);
        Digest digest = TestContent.sha256(blob);

        send("POST " + repository.uploads() + "?digest=" + digest, type, blob).expect(201);
        send("PUT " + repository.startUpload() + "?digest=" + digest, type, blob).expect(201);
        Reply chunk = send("PATCH " + repository.startUpload(), type, blob).expect(202);
        assertThat(chunk.header("Range")).isEqualTo("0-" + (blob.length - 1));
        http.put(chunk.header("Location") + "?digest=" + digest).send().expect(201);
    }

    private Reply send(String requestLine, String type, byte[] body) throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.sendHead(
                    requestLine + " HTTP/1.1",
                    "Host: x",
                    "Content-Type: " + type,
                    "Content-Length: " + body.length,
                    "Expect: 100-continue");
            connection.read("").expect(100);
            return connection.send(body).read("");
        }
    }
}
