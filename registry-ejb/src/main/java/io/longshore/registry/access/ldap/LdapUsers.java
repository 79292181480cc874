package io.longshore.registry.access.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Finds the entries of users by the names that they show. Thread-safe. */
final class LdapUsers {
    private static final System.Logger LOG = System.getLogger(LdapUsers.class.getName());

    /** Of Active Directory: a bit of it stands for an account that is disabled. */
    private static final String ACCOUNT_CONTROL = "userAccountControl";
    private static final int DISABLED = 2;
    /** Of 389 and what is made of it, such as FreeIPA. */
    private static final String ACCOUNT_LOCK = "nsAccountLock";
    /** Of OpenLDAP; with this value, until an administrator unlocks it. */
    private static final String LOCKED_TIME = "pwdAccountLockedTime";
    private static final String FOR_GOOD = "000001010000Z";

    private final Directory directory;
    private final LdapSettings.Users settings;
    private final FilterTemplate filter;
    private final Optional<String> groupAttribute;
    private final String[] attributes;

    /** @throws IllegalArgumentException if the filter is none */
    LdapUsers(Directory directory, LdapSettings.Users settings, Optional<String> groupAttribute) {
        this.directory = directory;
        this.settings = settings;
        this.filter = new FilterTemplate(settings.filter(), Set.of("user", "0"));
        this.groupAttribute = groupAttribute;
        List<String> wanted =
                new ArrayList<>(List.of(settings.nameAttribute(), ACCOUNT_CONTROL, ACCOUNT_LOCK, LOCKED_TIME));
        groupAttribute.ifPresent(wanted::add);
        this.attributes = wanted.toArray(String[]::new);
    }

    /**
     * The one user who is meant by a name.
     *
     * @return empty if there is none, or several, or one without a name of its own, or one who is disabled
     * @throws IOException if the directory does not answer as it should
     */
    Optional<LdapUser> find(String shown) throws IOException {
        List<SearchResultEntry> entries = directory.search(
                settings.base(), filter.fill(Map.of("user", shown, "0", shown)), 2, attributes);
        if (entries.size() > 1) {
            LOG.log(Level.WARNING, "nobody is let in as \"{0}\": the user filter finds several entries", shown);
        }
        return entries.size() == 1 ? user(entries.get(0)) : Optional.empty();
    }

    private Optional<LdapUser> user(SearchResultEntry entry) throws IOException {
        if (entry.getDN().isEmpty() || isDisabled(entry)) {
            return Optional.empty();
        }
        Optional<String> name = name(entry);
        if (name.isEmpty()) {
            LOG.log(Level.WARNING, "nobody is let in as {0}: expected one name in its attribute {1}, without control"
                    + " characters", Directory.printable(entry.getDN()), settings.nameAttribute());
        }
        List<String> groups = groupAttribute.map(entry::getAttributeValues).map(List::of).orElse(List.of());
        return name.map(found -> new LdapUser(entry.getDN(), found, groups));
    }

    private static boolean isDisabled(SearchResultEntry entry) {
        Integer control = entry.getAttributeValueAsInteger(ACCOUNT_CONTROL);
        return control != null && (control & DISABLED) != 0
                || Boolean.TRUE.equals(entry.getAttributeValueAsBoolean(ACCOUNT_LOCK))
                || FOR_GOOD.equals(entry.getAttributeValue(LOCKED_TIME));
    }

    /** Of several names the one in the DN, so that it is the same whichever of them was shown. */
    private Optional<String> name(SearchResultEntry entry) throws IOException {
        Attribute names = entry.getAttribute(settings.nameAttribute());
        if (names == null) {
            return Optional.empty();
        }
        Optional<String> name = names.size() == 1 ? Optional.of(names.getValue()) : nameInDn(entry, names);
        return name.filter(Subject::isName);
    }

    private static Optional<String> nameInDn(SearchResultEntry entry, Attribute names) throws IOException {
        try {
            RDN rdn = entry.getRDN();
            return List.of(names.getValues()).stream()
                    .filter(value -> rdn.hasAttributeValue(names.getBaseName(), value))
                    .findFirst();
        } catch (LDAPException e) {
            throw new IOException("the directory gave an entry without a proper DN", e);
        }
    }

    /** The DN of nobody, for a bind that takes as long as one with a wrong password. */
    String nobody() {
        RDN rdn = new RDN(settings.nameAttribute(), UUID.randomUUID().toString());
        return rdn + "," + settings.base();
    }
}
