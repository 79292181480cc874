package io.longshore.registry.web.access;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.Permissions;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Visibility;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;

/** Who sends a request, and what they may do. Of one request, and valid as long as that is. */
public final class Caller {
    /** The request attribute that holds it. */
    static final String ATTRIBUTE = Caller.class.getName();

    /** What somebody showed to say who they are. */
    enum Shown {
        NOTHING,
        /** A password, or a certificate. */
        CREDENTIALS,
        /** A token of this registry. */
        OWN_TOKEN,
        /** A token of another service, which alone knows what a better one would be. */
        OTHER_TOKEN
    }

    private final Identity identity;
    private final Permissions permissions;
    /** What they may do whatever the token is for. */
    private final Permissions most;
    private final Shown shown;
    private final String address;
    private final HttpServletRequest request;
    private final Refusals refusals;
    private final RequestFacts facts;

    Caller(
            Identity identity, Permissions permissions, Permissions most, Shown shown, String address,
            HttpServletRequest request, Refusals refusals, RequestFacts facts) {
        this.identity = identity;
        this.permissions = permissions;
        this.most = most;
        this.shown = shown;
        this.address = address;
        this.request = request;
        this.refusals = refusals;
        this.facts = facts;
    }

    /** The caller of a request that has passed the {@link LoginFilter}. */
    public static Caller of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("the login filter does not cover " + request.getRequestURI());
    }

    /** The same, of a request on its way through JAX-RS. */
    public static Caller of(ContainerRequestContext request) {
        return (Caller) request.getProperty(ATTRIBUTE);
    }

    public Identity identity() {
        return identity;
    }

    public Permissions permissions() {
        return permissions;
    }

    /**
     * The repositories that the caller may pull from, where none is named. None for who shows a token: tokens name them
     * one by one, and one that is good for a list is not good for what is in it.
     */
    public Visibility pullable() {
        return shown == Shown.OWN_TOKEN || shown == Shown.OTHER_TOKEN ? Visibility.NONE : permissions.visible();
    }

    /** On whose behalf something is done, for the audit and for webhooks. */
    public Actor actor() {
        return new Actor(identity.subject().toString(), address, facts.of(request));
    }

    HttpServletRequest request() {
        return request;
    }

    /**
     * Checks that the caller may do this.
     *
     * @throws RegistryException.Unauthenticated if other credentials, or a token for more, could help
     * @throws RegistryException.Denied if they could not
     */
    public void require(RepositoryName repository, Action action) {
        if (!permissions.allow(repository, action)) {
            throw refusal(repository, action);
        }
    }

    private RegistryException refusal(RepositoryName repository, Action action) {
        String scope = "repository:" + repository + ':' + (action == Action.PUSH ? "pull,push" : action.word());
        boolean tokenForMore = shown == Shown.OTHER_TOKEN
                || shown == Shown.OWN_TOKEN && most.allow(repository, action);
        if (tokenForMore) {
            return refusals.unauthenticated(
                    this, scope, Refusals.INSUFFICIENT_SCOPE, "the token is not good for this; get another one");
        }
        return identity.isAnonymous()
                ? refusals.unauthenticated(this, scope, "", "log in, or get a token, to do this")
                : refusals.denied(this, repository, action);
    }

    /**
     * Checks that the caller has shown something, or that nobody needs to: clients find out by this how to log in.
     *
     * @throws RegistryException.Unauthenticated if not
     */
    public void requireSignIn() {
        if (shown == Shown.NOTHING && !permissions.allowAdministration()) {
            throw refusals.unauthenticated(this, "", "", "log in, or get a token");
        }
    }

    /**
     * Checks that the caller has shown credentials of its own. A token was given out for something else.
     *
     * @throws RegistryException.Unauthenticated if not
     */
    public void requireCredentials() {
        if (shown != Shown.CREDENTIALS) {
            throw refusals.unauthenticated(this, "", "", "log in with a name and a password to do this");
        }
    }

    /**
     * Checks that the caller may list repositories, those that they may see.
     *
     * @throws RegistryException.Unauthenticated if other credentials, or a token for this, could help
     */
    public void requireCatalog() {
        if (!permissions.visible().isNone() || shown == Shown.CREDENTIALS) {
            return;
        }
        throw refusals.unauthenticated(
                this, "registry:catalog:*", shown == Shown.NOTHING ? "" : Refusals.INSUFFICIENT_SCOPE,
                "log in, or get a token, to list repositories");
    }

    /**
     * Checks that the caller administers the registry.
     *
     * @throws RegistryException.Unauthenticated if the caller is anonymous, or shows a token of this registry
     * @throws RegistryException.Denied if not
     */
    public void requireAdministration() {
        if (permissions.allowAdministration()) {
            return;
        }
        if (identity.isAnonymous() || shown == Shown.OWN_TOKEN) {
            throw refusals.unauthenticated(this, "", "", "log in with a name and a password to administer the registry");
        }
        throw refusals.deniedAdministration(this);
    }
}
