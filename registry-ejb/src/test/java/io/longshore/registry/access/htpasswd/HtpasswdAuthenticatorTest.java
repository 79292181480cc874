package io.longshore.registry.access.htpasswd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.ProcessorTime;
import io.longshore.registry.config.Secret;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtpasswdAuthenticatorTest {
    /** By Apache's htpasswd -B -C 4. */
    private static final String ALICE = "alice:$2y$04$PLIbPllT03ybAAsTH4ZNkeuPLWnpel9wEBtIEwsFUwXjuGTlZgSIG";
    private static final String BOB = "bob:$2y$04$IPpLGfL1BFNVxbbreWLHneHqs/cfpEQoufXxOKjlqsr3WnC/bQgH6";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeTheFile() throws IOException {
        file = folder.resolve("htpasswd");
        write(ALICE, BOB);
    }

    private void write(String... lines) throws IOException {
        Files.write(file, List.of(lines));
    }

    private static String line(String name, String password) {
        return name + ':' + BCrypt.withDefaults().hashToString(4, password.toCharArray());
    }

    private static Credentials shown(String user, String password) {
        return new Credentials.Password(user, Secret.of(password));
    }

    private HtpasswdAuthenticator open() throws IOException {
        return HtpasswdAuthenticator.open(file);
    }

    @Test
    void knowsWhoShowsTheRightPassword() throws IOException {
        Identity alice = open().authenticate(shown("alice", "correct horse")).orElseThrow();

        assertThat(alice.subject()).isEqualTo(Subject.parse("user:alice"));
        assertThat(alice.groups()).isEqualTo(Set.of());
        assertThat(alice.source()).isEqualTo(open().name()).isEqualTo("htpasswd");
        assertThat(alice.limits()).isEmpty();
        assertThat(open().authenticate(shown("bob", "pässwörd"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "correct hors", "correct horse ", "correct horse\0correct horse", "Correct horse"})
    void refusesOtherPasswords(String password) throws IOException {
        assertThat(open().authenticate(shown("alice", password))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mallory", "Alice", "alice ", "", "bob\nalice", "#alice", "alice:x"})
    void refusesOtherNamesWhateverThePassword(String name) throws IOException {
        HtpasswdAuthenticator htpasswd = open();

        assertThat(htpasswd.authenticate(shown(name, "correct horse"))).isEmpty();
        assertThat(htpasswd.authenticate(shown(name, "pässwörd"))).isEmpty();
    }

    /** Without a comparison it would be some ten thousand times as much. */
    @Test
    void aNameThatIsUnknownCostsAsMuchAsAWrongPassword() throws Exception {
        write("alice:" + BCrypt.withDefaults().hashToString(10, "correct horse".toCharArray()));
        HtpasswdAuthenticator htpasswd = open();

        double wrong = ProcessorTime.of(() -> htpasswd.authenticate(shown("alice", "wrong")));
        double unknown = ProcessorTime.of(() -> htpasswd.authenticate(shown("mallory", "wrong")));

        assertThat(unknown / wrong).isBetween(0.2, 5.0);
    }

    /** What Apache and distribution do: the rest of the password plays no part. */
    @Test
    void passwordsEndAfter72Bytes() throws IOException {
        // made by htpasswd from 72 times x, and Y
        write("long:$2y$04$FDXlLHjzI5c/gvPqClH73eX.1rOhb.SmGywOR75FHwhTQuuoB0XJi");
        HtpasswdAuthenticator htpasswd = open();
        String most = "x".repeat(72);

        assertThat(htpasswd.authenticate(shown("long", most + "Y"))).isPresent();
        assertThat(htpasswd.authenticate(shown("long", most))).isPresent();
        assertThat(htpasswd.authenticate(shown("long", most + "Y".repeat(1_000_000)))).isPresent();
        assertThat(htpasswd.authenticate(shown("long", "x".repeat(71)))).isEmpty();
        assertThat(htpasswd.authenticate(shown("long", "x".repeat(71) + "Y"))).isEmpty();
    }

    @Test
    void takesHashesOfEveryVersionButTheFaultyOne() throws IOException {
        String hash = ALICE.substring("alice:$2y".length());
        write("a:$2a" + hash, "b:$2b" + hash, "x:$2x" + hash, "y:$2y" + hash);
        HtpasswdAuthenticator htpasswd = open();

        assertThat(List.of("a", "b", "y"))
                .allSatisfy(name -> assertThat(htpasswd.authenticate(shown(name, "correct horse"))).isPresent());
        assertThat(htpasswd.authenticate(shown("x", "correct horse"))).isEmpty();
    }

    @Test
    void nobodyIsInAnEmptyFile() throws IOException {
        write();

        assertThat(open().authenticate(shown("alice", "correct horse"))).isEmpty();
    }

    @Test
    void doesNotStartWithoutItsFile() throws IOException {
        Files.delete(file);

        assertThatIOException().isThrownBy(this::open)
                .withMessage("there is no htpasswd file " + file + "; htpasswd -cB " + file + " NAME makes one");
    }

    @Test
    void seesWhoWasAddedAndRemovedAtOnce() throws IOException {
        HtpasswdAuthenticator htpasswd = open();
        assertThat(htpasswd.authenticate(shown("alice", "correct horse"))).isPresent();

        write(BOB, line("carol", "new"));

        assertThat(htpasswd.authenticate(shown("alice", "correct horse"))).isEmpty();
        assertThat(htpasswd.authenticate(shown("bob", "pässwörd"))).isPresent();
        assertThat(htpasswd.authenticate(shown("carol", "new"))).isPresent();
    }

    @Test
    void seesAnotherPasswordInAFileOfTheSameSizeAndTime() throws IOException {
        write(line("alice", "before"));
        FileTime now = Files.getLastModifiedTime(file);
        HtpasswdAuthenticator htpasswd = open();
        assertThat(htpasswd.authenticate(shown("alice", "before"))).isPresent();

        write(line("alice", "behind"));
        Files.setLastModifiedTime(file, now);

        assertThat(htpasswd.authenticate(shown("alice", "before"))).isEmpty();
        assertThat(htpasswd.authenticate(shown("alice", "behind"))).isPresent();
    }

    @Test
    void seesAnOldFileThatWasPutInItsPlace() throws IOException {
        FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        write(line("alice", "before"));
        Files.setLastModifiedTime(file, old);
        HtpasswdAuthenticator htpasswd = open();
        Path other = folder.resolve("other");
        Files.write(other, List.of(line("alice", "behind")));
        Files.setLastModifiedTime(other, old);

        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

        assertThat(htpasswd.authenticate(shown("alice", "before"))).isEmpty();
        assertThat(htpasswd.authenticate(shown("alice", "behind"))).isPresent();
    }

    @Test
    void letsNobodyInWhileTheFileIsMissingAndEveryoneWhenItIsBack() throws IOException {
        HtpasswdAuthenticator htpasswd = open();
        Identity alice = htpasswd.authenticate(shown("alice", "correct horse")).orElseThrow();
        Path away = folder.resolve("away");
        Files.move(file, away);

        assertThatIOException().isThrownBy(() -> htpasswd.authenticate(shown("alice", "correct horse")));
        assertThatIOException().isThrownBy(() -> htpasswd.refresh(alice));

        Files.move(away, file);
        assertThat(htpasswd.authenticate(shown("alice", "correct horse"))).isPresent();
        assertThat(htpasswd.refresh(alice)).contains(alice);
    }

    @Test
    void countsOnlyWhatIsThereOfAFileThatIsHalfWritten() throws IOException {
        HtpasswdAuthenticator htpasswd = open();
        Files.writeString(file, BOB + "\n" + ALICE.substring(0, ALICE.length() - 1));

        assertThat(htpasswd.authenticate(shown("alice", "correct horse"))).isEmpty();
        assertThat(htpasswd.authenticate(shown("bob", "pässwörd"))).isPresent();

        Files.writeString(file, BOB + "\n" + ALICE);
        assertThat(htpasswd.authenticate(shown("alice", "correct horse"))).isPresent();
    }

    @Test
    void aLoginLastsAsLongAsThePasswordOnEveryNode() throws IOException {
        Identity alice = open().authenticate(shown("alice", "correct horse")).orElseThrow();
        HtpasswdAuthenticator other = open();

        assertThat(other.refresh(alice)).contains(alice);
        write(BOB, "", ALICE);
        assertThat(other.refresh(alice)).contains(alice);
        write(BOB, line("alice", "correct horse"));
        assertThat(other.refresh(alice)).isEmpty();
        write(BOB);
        assertThat(other.refresh(alice)).isEmpty();
    }

    @Test
    void aUserIsThereAsLongAsALineIs() throws IOException {
        HtpasswdAuthenticator htpasswd = open();
        Identity alice = htpasswd.authenticate(shown("alice", "correct horse")).orElseThrow();
        write(BOB, line("alice", "another password"));
        assertThat(htpasswd.lookUp(alice)).contains(alice);

        write(BOB);
        assertThat(htpasswd.lookUp(alice)).isEmpty();
    }

    @Test
    void theFingerprintOfALineHoldsNothingOfIt() throws IOException {
        Identity alice = open().authenticate(shown("alice", "correct horse")).orElseThrow();

        assertThat(alice.credential()).matches("[0-9a-f]{16}");
    }
}
