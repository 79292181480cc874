package io.longshore.registry.web.admin;

import io.longshore.registry.access.account.AccessTokens;
import io.longshore.registry.access.account.AccountName;
import io.longshore.registry.access.account.NewPassword;
import io.longshore.registry.access.account.UserAuthenticator;
import io.longshore.registry.access.account.Users;
import io.longshore.registry.access.login.LoginService;
import io.longshore.registry.config.Secret;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.web.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** The password of the caller. */
@Path("password")
public final class PasswordResource {
    private final Users users;
    private final LoginService logins;

    public PasswordResource(Users users, LoginService logins) {
        this.users = users;
        this.logins = logins;
    }

    private record Change(Secret old, NewPassword password) {
        static Change read(Fields fields) {
            return new Change(fields.secret("oldPassword"), new NewPassword(fields.secret("newPassword")));
        }
    }

    @PUT
    @ForSignedIn
    public void change(JsonBody body, @Context HttpServletRequest request) {
        Caller caller = Caller.of(request);
        AccessTokens.requireWholeUser(caller.identity());
        if (!caller.identity().source().equals(UserAuthenticator.NAME)) {
            throw new RegistryException.Denied("your password is not kept here: change it where it is", "");
        }
        Change change = body.as(Change::read);
        AccountName name = AccountName.parse(caller.identity().subject().name());
        boolean changed = logins.confirm(
                caller.identity(), caller.actor().address(), "the old password",
                () -> users.changePassword(name, change.old(), change.password(), caller.actor()));
        if (!changed) {
            throw new RegistryException.Denied("the old password is wrong", "");
        }
    }
}
