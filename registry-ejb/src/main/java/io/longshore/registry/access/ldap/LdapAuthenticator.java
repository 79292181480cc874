package io.longshore.registry.access.ldap;

import com.unboundid.ldap.sdk.DN;
import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.util.Optional;

/**
 * Knows the users of a directory that speaks LDAP, and the groups that they are in there. Users have the name that
 * their entry has, however they write it when they log in. Thread-safe.
 *
 * <p>The {@linkplain Identity#credential() credential} is the name that was shown. Whether a user is still there is
 * seen by looking for it again; that the password is another one since is not.
 */
public final class LdapAuthenticator implements Authenticator, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LdapAuthenticator.class.getName());

    private static final String NAME = "ldap";

    private final Directory directory;
    private final LdapUsers users;
    private final LdapGroups groups;

    private LdapAuthenticator(Directory directory, LdapUsers users, LdapGroups groups) {
        this.directory = directory;
        this.users = users;
        this.groups = groups;
    }

    /**
     * Tries whether the directory answers, and only warns if it does not: it may come later.
     *
     * @throws IOException if the file of trusted certificates cannot be read
     * @throws IllegalArgumentException if a filter or a base is none
     */
    public static LdapAuthenticator open(LdapSettings settings) throws IOException {
        requireDn(settings.users().base());
        settings.groups().search().ifPresent(search -> requireDn(search.base()));
        Directory directory = Directory.open(settings);
        try {
            LdapUsers users = new LdapUsers(directory, settings.users(), settings.groups().attribute());
            LdapGroups groups = new LdapGroups(directory, settings.groups());
            warnIfAway(directory);
            return new LdapAuthenticator(directory, users, groups);
        } catch (IllegalArgumentException e) {
            directory.close();
            throw e;
        }
    }

    private static void requireDn(String text) {
        if (text.isEmpty() || !DN.isValidDN(text)) {
            throw new IllegalArgumentException("expected a DN such as dc=example,dc=com, not \"" + text + '"');
        }
    }

    private static void warnIfAway(Directory directory) {
        try {
            directory.check();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "nobody of the directory can log in for now: {0}", e.getMessage());
        }
    }

    @Override
    public Optional<Identity> authenticate(Credentials credentials) throws IOException {
        if (!(credentials instanceof Credentials.Password shown)
                || shown.password().reveal().isEmpty()
                || !Subject.isName(shown.user())) {
            return Optional.empty();
        }
        Optional<LdapUser> user = users.find(shown.user());
        String dn = user.map(LdapUser::dn).orElseGet(users::nobody);
        boolean right = directory.isPassword(dn, shown.password());
        return user.isPresent() && right ? Optional.of(identity(user.get(), shown.user())) : Optional.empty();
    }

    private Identity identity(LdapUser user, String shown) throws IOException {
        Subject subject = new Subject(Subject.Kind.USER, user.name());
        return new Identity(subject, groups.of(user), NAME, shown, Optional.empty());
    }

    @Override
    public Optional<Identity> refresh(Identity identity) throws IOException {
        String shown = identity.credential();
        Optional<LdapUser> user = Subject.isName(shown) ? users.find(shown) : Optional.empty();
        boolean same = user.isPresent() && identity.subject().equals(new Subject(Subject.Kind.USER, user.get().name()));
        return same ? Optional.of(identity(user.get(), shown)) : Optional.empty();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Closes all connections. */
    @Override
    public void close() {
        directory.close();
    }
}
