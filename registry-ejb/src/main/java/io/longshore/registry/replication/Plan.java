package io.longshore.registry.replication;

import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.model.Tag;
import io.longshore.registry.replication.Item.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds out what there is to be looked at. */
final class Plan {
    private final Replica replica;
    private final CopiedTable copied = new CopiedTable();

    Plan(Replica replica) {
        this.replica = replica;
    }

    /** The repositories. Whoever names them all need not be let into the catalog. */
    Outcome catalog() throws IOException {
        Selection selection = replica.rule().selection();
        Set<RepositoryName> names = new LinkedHashSet<>();
        boolean all = true;
        for (RepositoryPattern pattern : selection.repositories()) {
            if (pattern.isLiteral()) {
                names.add(RepositoryName.parse(pattern.value()));
            } else {
                all = false;
            }
        }
        if (!all) {
            replica.source().repositories().stream().filter(selection::includes).forEach(names::add);
        }
        return Outcome.planned(
                names.stream().map(name -> new Task.Child(Kind.REPOSITORY, name.value(), "")).toList(), 0);
    }

    /**
     * The tags of a repository, and those that are gone. If there are none at all, none is gone: nobody knows whether
     * the other registry just does not show them at present.
     */
    Outcome repository(RepositoryName name) throws IOException {
        replica.rule().mapping().target(name);
        RepositoryEnd source = replica.source().repository(name);
        List<Tag> tags = source.tags();
        List<Tag> selected = new Newest(source).of(tags, replica.rule().selection());
        List<Task.Child> children = new ArrayList<>();
        selected.forEach(tag -> children.add(new Task.Child(Kind.COPY, name.value(), tag.value())));
        if (replica.rule().deletes() && !tags.isEmpty()) {
            gone(name, Set.copyOf(tags)).forEach(
                    tag -> children.add(new Task.Child(Kind.DELETE, name.value(), tag.value())));
        }
        return Outcome.planned(children, selected.size());
    }

    private List<Tag> gone(RepositoryName name, Set<Tag> there) {
        return replica.database()
                .statement(tx -> copied.of(tx, replica.ruleId(), name.value()))
                .keySet()
                .stream()
                .filter(tag -> !there.contains(tag))
                .toList();
    }
}
