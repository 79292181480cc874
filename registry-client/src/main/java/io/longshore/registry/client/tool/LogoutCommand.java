package io.longshore.registry.client.tool;

import io.longshore.registry.client.auth.LoginFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "logout", description = "Forget the login for a registry.")
final class LogoutCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "HOST", description = "The registry, such as registry.example:5000.")
    private String host;

    LogoutCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return host;
    }

    @Override
    public Integer call() throws IOException {
        Optional<LoginFile> chosen = session.connection().authFile().map(LoginFile::of);
        LoginFile file = chosen.isPresent() ? chosen.get() : LoginFile.ofUser(host);
        boolean wasThere = file.erase(host);
        session.console().result(
                new Fields().with("registry", host).with("wasLoggedIn", wasThere),
                List.of(wasThere ? "logged out of " + host : "there was no login for " + host));
        return ExitCode.DONE;
    }
}
