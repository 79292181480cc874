package io.longshore.registry.access.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.access.Identity;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstAdministratorTest {
    private static final AccountName ADMIN = new AccountName("admin");

    private final TestDatabase database = TestDatabase.fresh();
    private final Node node = new Node(database.database());

    @TempDir
    private Path folder;

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private FirstAdministrator first(Database of, Path in) {
        return new FirstAdministrator(of, new Audit(of), new Node(of).rules, node.passwords, ADMIN, in);
    }

    private static String password(Path folder) throws IOException {
        return Files.readString(folder.resolve(FirstAdministrator.FILE)).strip();
    }

    @Test
    void letsSomebodyInWhereNobodyIs() throws IOException {
        first(database.database(), folder.resolve("data")).makeIfNeeded();

        String password = password(folder.resolve("data"));
        assertThat(password).hasSize(24);
        Identity admin = node.login("admin", password).orElseThrow();
        assertThat(node.policy.permissionsOf(admin).allowAdministration()).isTrue();
        assertThat(database.column("select act || ' ' || actor || ' ' || reference from audit_event"))
                .containsExactly("user.create registry admin", "rule.create registry user:admin");
    }

    @Test
    void leavesThePasswordToTheOwnerOfTheServerAlone() throws IOException {
        first(database.database(), folder).makeIfNeeded();

        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve(FirstAdministrator.FILE))))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void doesNothingWhereSomebodyIs() throws IOException {
        node.user("alice");
        first(database.database(), folder).makeIfNeeded();

        assertThat(folder).isEmptyDirectory();
        assertThat(database.column("select name from account")).containsExactly("alice");
    }

    @Test
    void makesNobodyWhoCouldNotLogIn() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> first(database.database(), file).makeIfNeeded()).isInstanceOf(IOException.class);
        assertThat(database.column("select name from account")).isEmpty();
        assertThat(database.column("select act from audit_event")).isEmpty();

        first(database.database(), folder).makeIfNeeded();
        assertThat(node.login("admin", password(folder))).isPresent();
    }

    @Test
    void ofNodesThatStartAtOnceOneDoes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Database> nodes = new ArrayList<>();
        try {
            List<Callable<Void>> starts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Database own = database.start();
                nodes.add(own);
                Path data = Files.createDirectory(folder.resolve("node" + i));
                starts.add(() -> {
                    first(own, data).makeIfNeeded();
                    return null;
                });
            }
            for (Future<Void> start : threads.invokeAll(starts)) {
                start.get();
            }
        } finally {
            threads.shutdown();
            nodes.forEach(Database::close);
        }

        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        assertThat(files).hasSize(1);
        assertThat(node.login("admin", password(files.get(0).getParent()))).isPresent();
        assertThat(database.column("select act from audit_event")).containsExactly("user.create", "rule.create");
    }
}
