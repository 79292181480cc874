package io.longshore.registry.access.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.database.Database;
import io.longshore.registry.database.FaultyLine;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RegistryException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LastUsesTest {
    private final TestDatabase database = TestDatabase.fresh();
    private final Node node = new Node(database.database());

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private Instant lastLogin(String name) {
        return node.users.get(new AccountName(name)).lastLoginAt().orElseThrow();
    }

    @Test
    void writesManyAtOnce() {
        node.user("alice");
        node.user("bob");
        node.uses.note(LastUses.Kind.USER, "alice");
        node.clock.advance(Duration.ofSeconds(1));
        node.uses.note(LastUses.Kind.USER, "bob");
        node.uses.note(LastUses.Kind.USER, "nobody");
        node.uses.write();

        assertThat(lastLogin("bob")).isEqualTo(node.clock.instant());
        assertThat(lastLogin("alice")).isEqualTo(node.clock.instant().minusSeconds(1));
    }

    @Test
    void doesNotGoBackInTime() {
        node.user("alice");
        Node behind = new Node(database.database());
        node.clock.advance(Duration.ofSeconds(1));
        node.uses.note(LastUses.Kind.USER, "alice");
        node.uses.write();
        behind.uses.note(LastUses.Kind.USER, "alice");
        behind.uses.write();

        assertThat(lastLogin("alice")).isEqualTo(node.clock.instant());
    }

    @Test
    void writesNothingTwice() {
        node.user("alice");
        node.uses.note(LastUses.Kind.USER, "alice");
        node.uses.write();
        database.run("update account set last_login_at = null");
        node.uses.write();

        assertThat(node.users.get(new AccountName("alice")).lastLoginAt()).isEmpty();
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenTheNextTime() {
        node.user("alice");
        try (FaultyLine line = new FaultyLine(TestDatabase.port()); Database over = database.over(line)) {
            Node away = new Node(over);
            away.uses.note(LastUses.Kind.USER, "alice");
            line.cut();
            assertThatThrownBy(away.uses::write).isInstanceOf(RegistryException.Unavailable.class);
            line.heal();
            TestDatabase.useUpBroken(over);
            away.uses.write();
        }

        assertThat(lastLogin("alice")).isEqualTo(node.clock.instant());
    }

    @Test
    void writesWhatIsLeftWhenItStops() {
        node.user("alice");
        node.uses.note(LastUses.Kind.USER, "alice");
        node.uses.stop();

        assertThat(lastLogin("alice")).isEqualTo(node.clock.instant());
    }

    @Test
    void stopsWithoutTheDatabase() {
        try (FaultyLine line = new FaultyLine(TestDatabase.port()); Database over = database.over(line)) {
            Node away = new Node(over);
            away.uses.note(LastUses.Kind.USER, "alice");
            line.cut();

            assertThatCode(away.uses::stop).doesNotThrowAnyException();
        }
    }
}
