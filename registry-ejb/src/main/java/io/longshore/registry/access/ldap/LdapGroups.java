package io.longshore.registry.access.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the groups that users are in, and the groups that those are in. Thread-safe. */
final class LdapGroups {
    /** How many groups are asked about in one search. */
    private static final int BATCH = 50;

    private final Directory directory;
    private final LdapSettings.Groups settings;
    private final Optional<FilterTemplate> filter;
    /** What groups are beneath; empty for anywhere. */
    private final Optional<DN> base;

    /** @throws IllegalArgumentException if the filter or the base is none */
    LdapGroups(Directory directory, LdapSettings.Groups settings) {
        this.directory = directory;
        this.settings = settings;
        this.filter = settings.search()
                .map(search -> new FilterTemplate(search.filter(), Set.of("dn", "0", "user", "1")));
        this.base = settings.search().map(search -> dn(search.base()));
    }

    private static DN dn(String text) {
        try {
            return new DN(text);
        } catch (LDAPException e) {
            throw new IllegalArgumentException("expected a DN, not \"" + text + '"', e);
        }
    }

    /**
     * The names of the groups of a user. Groups without a name that subjects can have are left out.
     *
     * @throws IOException if the directory does not answer as it should
     */
    Set<String> of(LdapUser user) throws IOException {
        Walk walk = new Walk(user.name());
        for (String group : user.groups()) {
            walk.meet(group);
        }
        if (filter.isPresent()) {
            walk.search(List.of(user.dn()));
        }
        for (int level = 0; level < settings.nestedLevels() && !walk.last.isEmpty(); level++) {
            walk.up();
        }
        return walk.names;
    }

    /** From group to group, each once: groups may be in each other. */
    private final class Walk {
        private final String user;
        private final Set<DN> met = new HashSet<>();
        private final Set<String> names = new TreeSet<>();
        private List<String> last = new ArrayList<>();

        Walk(String user) {
            this.user = user;
        }

        /** Whether it is a group of ours, and was not met before. */
        private boolean isNew(String text) {
            try {
                DN dn = new DN(text);
                return (base.isEmpty() || base.get().isAncestorOf(dn, true)) && met.add(dn);
            } catch (LDAPException e) {
                return false; // names no entry
            }
        }

        /** A group that an attribute names. Many have their name in the DN, and need not be read. */
        void meet(String dn) throws IOException {
            if (isNew(dn)) {
                last.add(dn);
                Optional<String> name = nameInDn(dn);
                keep(name.isPresent() ? name : directory.read(dn, settings.nameAttribute()).flatMap(this::name));
            }
        }

        private void keep(Optional<String> name) {
            name.filter(Subject::isName).ifPresent(names::add);
        }

        private Optional<String> name(SearchResultEntry group) {
            return Optional.ofNullable(group.getAttributeValue(settings.nameAttribute()));
        }

        private Optional<String> nameInDn(String dn) {
            try {
                RDN rdn = new DN(dn).getRDN();
                boolean named = rdn != null && !rdn.isMultiValued()
                        && rdn.getAttributeNames()[0].equalsIgnoreCase(settings.nameAttribute());
                return named ? Optional.of(rdn.getAttributeValues()[0]) : Optional.empty();
            } catch (LDAPException e) {
                return Optional.empty();
            }
        }

        /** Meets the groups that have one of these members. */
        void search(List<String> members) throws IOException {
            FilterTemplate template = filter.orElseThrow();
            List<Filter> filters = members.stream()
                    .map(dn -> template.fill(Map.of("dn", dn, "0", dn, "user", user, "1", user)))
                    .toList();
            Filter any = filters.size() == 1 ? filters.get(0) : Filter.createORFilter(filters);
            String base = settings.search().orElseThrow().base();
            for (SearchResultEntry group : directory.search(base, any, 0, settings.nameAttribute())) {
                if (isNew(group.getDN())) {
                    last.add(group.getDN());
                    keep(name(group));
                }
            }
        }

        /** Meets the groups of the groups that were met last. */
        void up() throws IOException {
            List<String> groups = last;
            last = new ArrayList<>();
            if (settings.attribute().isPresent()) {
                for (String group : groups) {
                    for (String parent : parents(group, settings.attribute().get())) {
                        meet(parent);
                    }
                }
            }
            if (filter.isPresent() && (filter.get().has("dn") || filter.get().has("0"))) {
                for (int from = 0; from < groups.size(); from += BATCH) {
                    search(groups.subList(from, Math.min(from + BATCH, groups.size())));
                }
            }
        }

        private List<String> parents(String group, String attribute) throws IOException {
            return directory.read(group, attribute)
                    .map(entry -> entry.getAttribute(attribute))
                    .map(Attribute::getValues)
                    .map(List::of)
                    .orElse(List.of());
        }
    }
}
