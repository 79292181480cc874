package io.longshore.registry.access.rule;

import io.longshore.registry.access.GrantedPermissions;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.Permissions;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules as they were at one moment, by whom they are for. Immutable, but for what it remembers. */
final class Snapshot {
    /** Forgotten all at once when there are more: identities are few, and quickly looked up again. */
    private static final int MOST_REMEMBERED = 10_000;

    private final long version;
    private final ReadOnly readOnly;
    private final Map<Subject, List<Grant>> grants;
    private final Map<Identity, Permissions> remembered = new ConcurrentHashMap<>();

    Snapshot(long version, ReadOnly readOnly, Stream<Rule> rules) {
        this.version = version;
        this.readOnly = readOnly;
        this.grants = rules.collect(
                Collectors.groupingBy(Rule::subject, Collectors.mapping(Rule::grant, Collectors.toList())));
    }

    long version() {
        return version;
    }

    ReadOnly readOnly() {
        return readOnly;
    }

    Permissions permissionsOf(Identity identity) {
        Permissions known = remembered.get(identity);
        if (known != null) {
            return known;
        }
        if (remembered.size() >= MOST_REMEMBERED) {
            remembered.clear();
        }
        Permissions found = new GrantedPermissions(of(Subject.ANONYMOUS), grantsOf(identity), identity.limits());
        remembered.put(identity, found);
        return found;
    }

    List<Grant> allGrantsOf(Identity identity) {
        return Stream.concat(of(Subject.ANONYMOUS).stream(), grantsOf(identity).stream()).toList();
    }

    boolean speaksOf(Subject subject) {
        return grants.containsKey(subject);
    }

    private List<Grant> grantsOf(Identity identity) {
        if (identity.isAnonymous()) {
            return List.of();
        }
        // A robot is made for something: it must not do all that people may unless somebody has said so.
        boolean robot = identity.subject().kind() == Subject.Kind.ROBOT;
        List<Grant> all = new ArrayList<>(robot ? List.of() : of(Subject.AUTHENTICATED));
        all.addAll(of(identity.subject()));
        identity.groups().stream()
                .filter(Subject::isName)
                .forEach(group -> all.addAll(of(new Subject(Subject.Kind.GROUP, group))));
        return all;
    }

    private List<Grant> of(Subject subject) {
        return grants.getOrDefault(subject, List.of());
    }
}
