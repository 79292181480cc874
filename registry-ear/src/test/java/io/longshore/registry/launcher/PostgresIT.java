package io.longshore.registry.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded PostgreSQL of the built server, on folders of its own. */
class PostgresIT {

    private static final Installation INSTALLATION =
            new Installation(Path.of(System.getProperty("registry.server", "target/server")).toAbsolutePath());

    private static final int SOCKET_FOLDER = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private static Path folders;

    private static Path binaries;

    private Path folder;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Postgres postgres;

    /** Unpacking takes longer than a test. */
    @BeforeAll
    static void unpack() throws IOException {
        PostgresArchive archive = PostgresArchive.find(INSTALLATION.databaseArchives(),
                System.getProperty("os.name"), System.getProperty("os.arch")).orElseThrow();
        binaries = folders.resolve(archive.version());
        archive.unpack(binaries);
    }

    @BeforeEach
    void shareTheBinaries() throws IOException {
        folder = Files.createTempDirectory(folders, "test-");
        Files.createDirectory(folder.resolve("postgres"));
        Files.createSymbolicLink(folder.resolve("postgres").resolve(binaries.getFileName()), binaries);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        postgres.stop();
    }

    @Test
    void keepsItsDataOverRestarts() throws Exception {
        DatabaseAccess first = start();
        execute(first, "create table kept (id int)");
        execute(first, "insert into kept values (42)");
        postgres.stop();
        assertThat(pidFile()).doesNotExist();

        DatabaseAccess second = start();

        assertThat(query(second, "select id from kept")).isEqualTo("42");
        assertThat(second.password()).isEqualTo(first.password());
    }

    @Test
    void isDurableAndUsesChecksums() throws Exception {
        DatabaseAccess access = start();

        assertThat(query(access, "show fsync")).isEqualTo("on");
        assertThat(query(access, "show synchronous_commit")).isEqualTo("on");
        assertThat(query(access, "show full_page_writes")).isEqualTo("on");
        assertThat(query(access, "show data_checksums")).isEqualTo("on");
    }

    @Test
    void ordersTextByItsBytes() throws Exception {
        assertThat(query(start(), "select string_agg(t, '' order by t) from (values ('b'), ('a'), ('Z'), ('ä')) v(t)"))
                .isEqualTo("Zabä");
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        DatabaseAccess access = start();

        for (String user : new String[] {access.user(), "postgres"}) {
            for (String password : new String[] {"", "wrong"}) {
                assertThatThrownBy(() -> DriverManager.getConnection(access.url(), user, password).close())
                        .isInstanceOf(SQLException.class);
            }
        }
        assertThat(query(access, "show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(Files.readAllLines(pidFile()).get(SOCKET_FOLDER)).isEmpty();
        assertThat(Files.getPosixFilePermissions(folder.resolve("postgres/password"))).hasSize(2);
        assertThat(query(access, "select rolsuper from pg_roles where rolname = current_user")).isEqualTo("f");
    }

    @Test
    void makesANewPasswordWhereItWasLost() throws Exception {
        DatabaseAccess first = start();
        postgres.stop();
        Files.delete(folder.resolve("postgres/password"));

        DatabaseAccess second = start();

        assertThat(second.password()).isNotEqualTo(first.password());
        assertThat(query(second, "select 1")).isEqualTo("1");
    }

    @Test
    void makesANewPasswordWhereItsFileIsEmpty() throws Exception {
        start();
        postgres.stop();
        Files.writeString(folder.resolve("postgres/password"), "");

        DatabaseAccess second = start();

        assertThat(second.password()).isNotEmpty();
        assertThat(query(second, "select 1")).isEqualTo("1");
        assertThat(Files.getPosixFilePermissions(folder.resolve("postgres/password"))).hasSize(2);
    }

    @Test
    void startsAgainOnTheSamePortWhenItsMainProcessIsKilled() throws Exception {
        DatabaseAccess access = start();
        long killed = pid();
        execute(access, "create table kept as select 42 as id");

        ProcessHandle.of(killed).orElseThrow().destroyForcibly();

        Awaitility.await().atMost(PATIENCE).ignoreExceptions()
                .until(() -> query(access, "select id from kept").equals("42"));
        assertThat(pid()).isNotEqualTo(killed);
        assertThat(said()).contains("started again");
        assertThat(keepers()).hasSize(1);
    }

    @Test
    void triesUntilItRunsAgainAndSaysWhyItDoesNot() throws Exception {
        DatabaseAccess access = start();
        Path settings = folder.resolve("postgres/postgresql.conf");
        Files.writeString(settings, "no_such_setting = 1\n");

        ProcessHandle.of(pid()).orElseThrow().destroyForcibly();
        Awaitility.await().atMost(PATIENCE).until(() -> said().contains("no_such_setting"));
        Files.delete(settings);

        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> query(access, "select 1").equals("1"));
    }

    @Test
    void signalsNoProcessThatItsFileDoesNotName() throws Exception {
        start();
        ProcessHandle server = ProcessHandle.of(pid()).orElseThrow();
        Files.writeString(pidFile(), Files.readString(pidFile()).replaceFirst("\\d+", "1"));

        postgres.stop();

        assertThat(server.isAlive()).isTrue();
        server.destroyForcibly();
        server.onExit().join();
    }

    @Test
    void takesOverFromAServerThatAKilledInstanceLeftRunning() throws Exception {
        DatabaseAccess first = start();
        execute(first, "create table kept as select 42 as id");
        abandon();
        long left = pid();
        assertThat(query(first, "select id from kept")).isEqualTo("42");

        DatabaseAccess second = start();

        assertThat(pid()).isNotEqualTo(left);
        assertThat(query(second, "select id from kept")).isEqualTo("42");
    }

    @Test
    void ignoresAProcessIdThatIsAnotherProgramsByNow() throws Exception {
        DatabaseAccess first = start();
        execute(first, "create table kept as select 42 as id");
        String content = Files.readString(pidFile());
        postgres.stop();
        Files.writeString(pidFile(), content.replaceFirst("\\d+", Long.toString(ProcessHandle.current().pid())));

        assertThat(query(start(), "select id from kept")).isEqualTo("42");
    }

    @Test
    void beginsAnewWhereAFirstStartWasInterrupted() throws Exception {
        Files.createDirectories(folder.resolve("postgres/data.part/base"));

        assertThat(query(start(), "select 1")).isEqualTo("1");
        assertThat(folder.resolve("postgres/data.part")).doesNotExist();
    }

    @Test
    void readsSettingsOfTheOperator() throws Exception {
        start();
        postgres.stop();
        Files.writeString(folder.resolve("postgres/postgresql.conf"), "work_mem = '7MB'\n");

        assertThat(query(start(), "show work_mem")).isEqualTo("7MB");
    }

    @Test
    void saysHowToNameAnotherPostgresWhenItCannotStart() throws Exception {
        start();
        postgres.stop();
        Files.writeString(folder.resolve("postgres/postgresql.conf"), "no_such_setting = 1\n");

        assertThatThrownBy(this::start).isInstanceOf(StartException.class)
                .hasMessageContaining("no_such_setting")
                .hasMessageContaining("REGISTRY_DATABASE_URL");
    }

    private DatabaseAccess start() {
        postgres = Postgres.in(folder.resolve("postgres"), INSTALLATION, new PrintStream(said));
        DatabaseAccess access = postgres.prepare();
        postgres.start();
        return access;
    }

    /** Leaves the server running, as a kill of all else does. */
    private void abandon() throws IOException, InterruptedException {
        assertThat(keepers()).hasSize(1);
        keepers().get(0).destroyForcibly();
        postgres.stop();
    }

    private List<ProcessHandle> keepers() {
        return ProcessHandle.current().children()
                .filter(child -> child.info().commandLine().orElse("").contains(folder.toString())).toList();
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private Path pidFile() {
        return folder.resolve("postgres/data/postmaster.pid");
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readAllLines(pidFile()).get(0));
    }

    private static void execute(DatabaseAccess access, String sql) throws SQLException {
        try (Connection connection = connect(access); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(DatabaseAccess access, String sql) throws SQLException {
        try (Connection connection = connect(access);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(DatabaseAccess access) throws SQLException {
        return DriverManager.getConnection(access.url(), access.user(), access.password());
    }
}
