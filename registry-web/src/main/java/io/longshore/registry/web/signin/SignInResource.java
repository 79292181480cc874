package io.longshore.registry.web.signin;

import io.longshore.registry.access.login.LoginService;
import io.longshore.registry.access.oidc.LoginAttempt;
import io.longshore.registry.access.oidc.OidcLogin;
import io.longshore.registry.access.oidc.TrustedIssuers;
import io.longshore.registry.config.Secret;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.web.access.ClientAddress;
import io.longshore.registry.web.location.Locations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets people log in with a browser, at an issuer of OpenID Connect, and out again. */
@Path("/")
public final class SignInResource {
    private static final System.Logger LOG = System.getLogger(SignInResource.class.getName());
    private static final String CALLBACK = "/auth/callback";
    /** Until there is something better to see. */
    private static final URI HOME = URI.create("/api/v1/whoami");

    private final TrustedIssuers issuers;
    private final Sessions sessions;
    private final Locations locations;
    private final ClientAddress addresses;
    private final LoginService logins;

    public SignInResource(
            TrustedIssuers issuers, Sessions sessions, Locations locations, ClientAddress addresses,
            LoginService logins) {
        this.issuers = issuers;
        this.sessions = sessions;
        this.locations = locations;
        this.addresses = addresses;
        this.logins = logins;
    }

    /** Sends a browser to the issuer that is asked for, or else to the only one. */
    @GET
    @Path("login")
    public Response begin(@QueryParam("issuer") String issuer, @Context HttpServletRequest request) {
        OidcLogin login = at(issuer == null ? only() : issuer, request);
        LoginAttempt attempt = login.attempt();
        return Response.seeOther(begun(login, attempt))
                .cookie(Cookies.attempt(attempt.text(), OidcLogin.LONGEST, isSecure(request)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static URI begun(OidcLogin login, LoginAttempt attempt) {
        try {
            return login.begin(attempt);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "logins at {0} cannot begin: {1}", login.name(), e.getMessage());
            throw new RegistryException.Unavailable("nobody can log in there at present; try again later");
        }
    }

    private String only() {
        List<String> names = issuers.browserLogins();
        if (names.size() != 1) {
            throw new RegistryException.Invalid(
                    ErrorCode.UNSUPPORTED, "say where to log in: issuer=" + String.join(", issuer=", names), "");
        }
        return names.get(0);
    }

    private OidcLogin at(String issuer, HttpServletRequest request) {
        return issuers.browserLogin(issuer, URI.create(locations.absolute(request, CALLBACK)))
                .orElseThrow(() -> new RegistryException.NotFound(
                        ErrorCode.UNSUPPORTED, "nobody can log in there", issuer));
    }

    /**
     * Receives a browser that comes back from the issuer. One that has not begun a login is sent here by somebody else,
     * such as a picture on the page of another site, and is no attempt that would be counted.
     */
    @GET
    @Path("callback")
    public Response finish(@Context UriInfo uri, @Context HttpServletRequest request) {
        LoginAttempt attempt = Cookies.find(request, Cookies.ATTEMPT)
                .flatMap(LoginAttempt::parse)
                .orElseThrow(SignInResource::failed);
        LoginService.Proof proof =
                () -> at(attempt.issuer(), request).finish(attempt, single(uri.getQueryParameters()));
        Secret session = logins.login(proof, "with a browser", addresses.of(request))
                .flatMap(sessions::begin)
                .orElseThrow(SignInResource::failed);
        return Response.seeOther(HOME)
                .cookie(Cookies.session(session.reveal(), isSecure(request)))
                .cookie(Cookies.noAttempt(isSecure(request)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static RegistryException failed() {
        return new RegistryException.Denied("the login failed; begin again at /auth/login", "");
    }

    /** A parameter that comes twice is one that somebody has added: it counts as none. */
    private static Map<String, String> single(MultivaluedMap<String, String> query) {
        Map<String, String> parameters = new HashMap<>();
        query.forEach((name, values) -> {
            if (values.size() == 1) {
                parameters.put(name, values.get(0));
            }
        });
        return parameters;
    }

    @POST
    @Path("logout")
    public Response end(@Context HttpServletRequest request) {
        sessions.end(request);
        return Response.noContent().cookie(Cookies.noSession(isSecure(request))).build();
    }

    private boolean isSecure(HttpServletRequest request) {
        return locations.absolute(request, "/").startsWith("https:");
    }
}
