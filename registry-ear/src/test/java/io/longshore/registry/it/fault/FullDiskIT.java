package io.longshore.registry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.RawConnection;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.protocol.TestManifest;
import io.longshore.registry.it.protocol.Upload;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file system of the blobs is full. */
class FullDiskIT {
    private static final int DISK_MEBIBYTES = 8;
    private static final int ROOMY_MEBIBYTES = 64;
    private static final int TOO_LARGE = 12 << 20;

    private final Random random = Seed.of(FullDiskIT.class).random(0);
    private SmallDisk disk;
    private RegistryServer server;
    private Http http;
    private Repository repository;
    private StorageFolder storage;

    @BeforeEach
    void start() throws Exception {
        try {
            disk = SmallDisk.mount(DISK_MEBIBYTES);
        } catch (IOException e) {
            abort("needs the right to mount a file system: " + e.getMessage());
        }
        server = RegistryServer.start(Map.of("REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", disk.folder().toString()));
        http = new Http(server.uri());
        repository = Repository.fresh(http, "full");
        storage = new StorageFolder(disk.folder());
    }

    @AfterEach
    void stop() throws Exception {
        try {
            if (server != null) {
                server.close();
            }
        } finally {
            if (disk != null) {
                disk.unmount();
            }
        }
    }

    @Test
    void refusesWhatDoesNotFitAndServesTheRest() throws Exception {
        TestManifest before = repository.pushImage("before");
        byte[] large = Seed.bytes(random, TOO_LARGE);
        byte[] first = Seed.bytes(random, 1000);
        Upload upload = Upload.start(http, repository).append(first);

        isFull(send("POST", repository.uploads() + "?digest=" + TestContent.sha256(large), large));
        assertThat(storage.stages()).as("stages beside that of the open upload").hasSize(1);
        isFull(send("PATCH", upload.location(), large));
        assertThat(storage.stages()).hasSize(1);

        assertThat(upload.range()).isEqualTo("0-999");
        upload.finish(TestContent.sha256(first), first);
        assertThat(storage.stages()).isEmpty();
        assertThat(http.get(repository.manifest("before")).send().expect(200).body()).isEqualTo(before.bytes());
        repository.pushImage("meanwhile");
        storage.holdsNothingButWhatItsNamesSay();

        disk.resize(ROOMY_MEBIBYTES);
        takes(large);
        assertThat(storage.stages()).isEmpty();
    }

    private void takes(byte[] blob) {
        Digest digest = repository.push(blob);
        assertThat(http.get(repository.blob(digest)).send().expect(200).body()).isEqualTo(blob);
    }

    /** Sends all of a body before it reads the reply, as most clients do. */
    private Reply send(String method, String path, byte[] body) throws IOException {
        try (RawConnection client = http.connect()) {
            client.sendHead(method + " " + path + " HTTP/1.1", "Host: " + server.authority(),
                    "Content-Type: application/octet-stream", "Content-Length: " + body.length);
            return client.send(body).read(method);
        }
    }

    private static void isFull(Reply reply) {
        reply.expectError(507, "UNAVAILABLE");
    }
}
