package io.longshore.registry.access.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private static final AccountName DEV = new AccountName("dev");
    private static final AccountName ALICE = new AccountName("alice");

    private final TestDatabase database = TestDatabase.fresh();
    private final Node node = new Node(database.database());

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private List<String> audited() {
        return database.column("""
                select act || ' ' || reference || coalesce(' ' || detail, '')
                from audit_event
                where act like 'group.%'
                order by id""");
    }

    @Test
    void keepsWhatIsSaidOfAGroup() {
        Group made = node.groups.create(DEV, Optional.of("who writes"), Node.ADMIN);

        assertThat(made.description()).contains("who writes");
        assertThat(made.members()).isZero();
        assertThat(node.groups.get(DEV)).isEqualTo(made);
        assertThat(node.groups.change(DEV, Optional.empty(), Node.ADMIN).description()).isEmpty();
        assertThat(audited()).containsExactly("group.create dev", "group.change dev");
    }

    @Test
    void makesNoGroupTwice() {
        node.groups.create(DEV, Optional.empty(), Node.ADMIN);

        assertThatThrownBy(() -> node.groups.create(DEV, Optional.empty(), Node.ADMIN))
                .isInstanceOfSatisfying(RegistryException.Refused.class, refused ->
                        assertThat(refused.kind()).isEqualTo(RegistryException.Kind.CONFLICT));
    }

    @Test
    void membersLogInWithTheirGroups() {
        node.user("alice");
        node.groups.create(DEV, Optional.empty(), Node.ADMIN);
        node.groups.create(new AccountName("ops"), Optional.empty(), Node.ADMIN);
        node.groups.addMember(DEV, ALICE, Node.ADMIN);
        node.groups.addMember(new AccountName("ops"), ALICE, Node.ADMIN);

        assertThat(node.login("alice", Node.PASSWORD).orElseThrow().groups()).containsExactlyInAnyOrder("dev", "ops");
        assertThat(node.users.get(ALICE).groups()).containsExactly("dev", "ops");
        assertThat(node.groups.get(DEV).members()).isEqualTo(1);
    }

    @Test
    void whoIsInAGroupStaysInIt() {
        node.user("alice");
        node.groups.create(DEV, Optional.empty(), Node.ADMIN);
        node.groups.addMember(DEV, ALICE, Node.ADMIN);
        node.groups.addMember(DEV, ALICE, Node.ADMIN);

        assertThat(node.groups.members(DEV, "", 10).items()).containsExactly(ALICE);
        assertThat(audited()).containsExactly("group.create dev", "group.member.add dev alice");
    }

    @Test
    void whoLeavesAGroupIsNotInIt() {
        node.user("alice");
        node.groups.create(DEV, Optional.empty(), Node.ADMIN);
        node.groups.addMember(DEV, ALICE, Node.ADMIN);
        node.groups.removeMember(DEV, ALICE, Node.ADMIN);

        assertThat(node.login("alice", Node.PASSWORD).orElseThrow().groups()).isEmpty();
        assertThat(audited()).endsWith("group.member.remove dev alice");
        assertThatThrownBy(() -> node.groups.removeMember(DEV, ALICE, Node.ADMIN))
                .isInstanceOf(RegistryException.NotFound.class);
    }

    @Test
    void listsMembersPageByPage() {
        node.groups.create(DEV, Optional.empty(), Node.ADMIN);
        for (String name : List.of("c", "a", "b")) {
            node.user(name);
            node.groups.addMember(DEV, new AccountName(name), Node.ADMIN);
        }

        assertThat(node.groups.members(DEV, "", 2).items()).extracting(AccountName::value).containsExactly("a", "b");
        assertThat(node.groups.members(DEV, "", 2).more()).isTrue();
        assertThat(node.groups.members(DEV, "b", 2).items()).extracting(AccountName::value).containsExactly("c");
    }

    @Test
    void listsGroupsPageByPage() {
        List.of("b", "a", "c").forEach(name -> node.groups.create(new AccountName(name), Optional.empty(), Node.ADMIN));

        assertThat(node.groups.list("", 2).items()).extracting(group -> group.name().value())
                .containsExactly("a", "b");
        assertThat(node.groups.list("b", 2).items()).extracting(group -> group.name().value()).containsExactly("c");
    }

    @Test
    void usersOutliveTheirGroup() {
        node.user("alice");
        node.groups.create(DEV, Optional.empty(), Node.ADMIN);
        node.groups.addMember(DEV, ALICE, Node.ADMIN);
        Rule rule = new Rule(Subject.parse("group:dev"), new Grant(RepositoryPattern.ALL, Set.of(Action.PULL)));
        node.rules.add(Node.ADMIN, rule);
        node.groups.delete(DEV, Node.ADMIN);

        assertThat(node.rules.list(0, 10).items()).isEmpty();
        assertThat(node.login("alice", Node.PASSWORD).orElseThrow().groups()).isEmpty();
        assertThat(audited()).endsWith("group.delete dev");
    }

    @Test
    void nothingIsDoneToGroupsAndUsersThatAreNotThere() {
        node.user("alice");
        assertThatThrownBy(() -> node.groups.get(DEV)).isInstanceOf(RegistryException.NotFound.class);
        assertThatThrownBy(() -> node.groups.change(DEV, Optional.empty(), Node.ADMIN))
                .isInstanceOf(RegistryException.NotFound.class);
        assertThatThrownBy(() -> node.groups.delete(DEV, Node.ADMIN)).isInstanceOf(RegistryException.NotFound.class);
        assertThatThrownBy(() -> node.groups.members(DEV, "", 10)).isInstanceOf(RegistryException.NotFound.class);
        assertThatThrownBy(() -> node.groups.addMember(DEV, ALICE, Node.ADMIN))
                .isInstanceOf(RegistryException.NotFound.class).hasMessage("no such group");
        node.groups.create(DEV, Optional.empty(), Node.ADMIN);
        assertThatThrownBy(() -> node.groups.addMember(DEV, new AccountName("bob"), Node.ADMIN))
                .isInstanceOf(RegistryException.NotFound.class).hasMessage("no such user");
    }
}
