package io.longshore.registry.access.ldap;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import io.longshore.registry.config.Secret;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Searches a directory as the account of the registry, and tries passwords as anybody. The two have connections of
 * their own: one that was bound by a user never searches. Thread-safe. Failures leave the pools usable: a connection
 * that broke is replaced by the next call, perhaps to another server.
 */
final class Directory implements AutoCloseable {
    /** Answers to a bind that are about the user, whose password it cannot be told from others that are wrong. */
    private static final Set<ResultCode> REFUSED = Set.of(
            ResultCode.INVALID_CREDENTIALS,
            ResultCode.INAPPROPRIATE_AUTHENTICATION,
            ResultCode.NO_SUCH_OBJECT,
            ResultCode.INVALID_DN_SYNTAX,
            ResultCode.CONSTRAINT_VIOLATION,
            ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
            ResultCode.UNWILLING_TO_PERFORM);

    /** Answers about an entry that is not there, or not here, or not for us. */
    private static final Set<ResultCode> UNREADABLE =
            Set.of(ResultCode.NO_SUCH_OBJECT, ResultCode.REFERRAL, ResultCode.INSUFFICIENT_ACCESS_RIGHTS);

    private final LDAPConnectionPool searches;
    private final LDAPConnectionPool binds;
    private final int timeLimitSeconds;

    private Directory(LDAPConnectionPool searches, LDAPConnectionPool binds, int timeLimitSeconds) {
        this.searches = searches;
        this.binds = binds;
        this.timeLimitSeconds = timeLimitSeconds;
    }

    /**
     * Connects to nothing yet.
     *
     * @throws IOException if the certificates to trust cannot be read
     */
    static Directory open(LdapSettings settings) throws IOException {
        Pools pools = new Pools(settings, Authorities.context(settings.tls().authorities()));
        Optional<BindRequest> account = settings.account()
                .map(given -> new SimpleBindRequest(given.dn(), given.password().reveal()));
        int seconds = Math.toIntExact(Math.max(1, settings.connections().responseTimeout().toSeconds()));
        return new Directory(pools.open(account), pools.open(Optional.empty()), seconds);
    }

    /** @throws IOException if no server lets the account in */
    void check() throws IOException {
        try {
            searches.releaseConnection(searches.getConnection());
        } catch (LDAPException e) {
            throw failure("connect to the directory", e);
        }
    }

    /**
     * The entries beneath {@code base}. Referrals are not followed.
     *
     * @param limit the most entries that are of interest; of more, these are given; 0 for no limit
     * @throws IOException if no server answers as it should, or it lists fewer entries than there are
     */
    List<SearchResultEntry> search(String base, Filter filter, int limit, String... attributes) throws IOException {
        try {
            return searches.search(request(base, SearchScope.SUB, filter, limit, attributes)).getSearchEntries();
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED) && limit > 0
                    && e.getEntryCount() >= limit) {
                return e.getSearchEntries();
            }
            throw failure("search beneath \"" + base + '"', e);
        }
    }

    /** The entry of this DN; empty if there is none, or none that may be read. */
    Optional<SearchResultEntry> read(String dn, String... attributes) throws IOException {
        try {
            Filter any = Filter.createPresenceFilter("objectClass");
            return searches.search(request(dn, SearchScope.BASE, any, 1, attributes)).getSearchEntries().stream()
                    .findFirst();
        } catch (LDAPSearchException e) {
            if (UNREADABLE.contains(e.getResultCode())) {
                return Optional.empty();
            }
            throw failure("read \"" + dn + '"', e);
        }
    }

    private SearchRequest request(String base, SearchScope scope, Filter filter, int limit, String... attributes) {
        return new SearchRequest(
                base, scope, DereferencePolicy.NEVER, limit, timeLimitSeconds, false, filter, attributes);
    }

    /**
     * Whether this is the password of the entry. One that is refused for another reason, such as that it is locked,
     * cannot be told from a wrong one.
     *
     * @param dn not empty
     * @param password not empty: servers let everybody in without one
     * @throws IOException if no server answers as it should
     */
    boolean isPassword(String dn, Secret password) throws IOException {
        if (dn.isEmpty() || password.reveal().isEmpty()) {
            throw new IllegalArgumentException("a bind without a name or a password proves nothing");
        }
        try {
            binds.bind(new SimpleBindRequest(dn, password.reveal()));
            return true;
        } catch (LDAPException e) {
            if (REFUSED.contains(e.getResultCode())) {
                return false;
            }
            throw failure("bind as a user", e);
        }
    }

    private static IOException failure(String what, LDAPException e) {
        return new IOException(printable(
                "could not " + what + ": " + e.getResultCode().getName() + ", " + e.getMessage()), e);
    }

    /** Fit for the log. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cc}+", " ");
    }

    @Override
    public void close() {
        searches.close();
        binds.close();
    }
}
