package io.longshore.registry.client.tool;

import io.longshore.registry.client.auth.Credentials;
import io.longshore.registry.client.auth.LoginFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "login",
        description = {
            "Log in to a registry, for this and for all other programs that read Docker's logins.",
            "The registry is asked first whether it takes the login, which is kept in ~/.docker/config.json then, or",
            "where that says."
        })
final class LoginCommand implements Action {
    /** Far above what passwords and tokens have. */
    private static final int LONGEST = 1 << 20;

    private final Session session;

    @Parameters(paramLabel = "HOST", description = "The registry, such as registry.example:5000.")
    private String host;

    @Option(
            names = {"-u", "--username"},
            paramLabel = "NAME",
            description = "Who logs in; asked for on the terminal if not said.")
    private Optional<String> username;

    @Option(
            names = "--password-stdin",
            description = "Take the password from standard input, in place of asking for it on the terminal.")
    private boolean passwordFromInput;

    LoginCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return host;
    }

    @Override
    public Integer call() throws IOException {
        Credentials credentials = credentials();
        session.clientAs(host, credentials).ping();
        String where = file().store(host, credentials);
        session.console().result(
                new Fields().with("registry", host).with("keptIn", where),
                List.of("logged in to " + host + "; kept in " + where));
        return ExitCode.DONE;
    }

    private LoginFile file() throws IOException {
        Optional<LoginFile> chosen = session.connection().authFile().map(LoginFile::of);
        return chosen.isPresent() ? chosen.get() : LoginFile.ofUser(host);
    }

    private Credentials credentials() throws IOException {
        if (passwordFromInput && username.isEmpty()) {
            throw new UsageException("--password-stdin needs --username");
        }
        String user = username.isPresent() ? username.get() : ask("user name: ");
        String password = passwordFromInput ? readPassword() : askPassword();
        if (user.isEmpty() || password.isEmpty()) {
            throw new UsageException("neither name nor password may be empty");
        }
        try {
            return Credentials.password(user, password);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** Without the end of its line, which echo and editors add. */
    private String readPassword() throws IOException {
        byte[] bytes = session.in().readNBytes(LONGEST);
        return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n$", "");
    }

    private static String ask(String what) {
        if (System.console() == null) {
            throw new UsageException("there is no terminal to ask on: use --username and --password-stdin");
        }
        return Optional.ofNullable(System.console().readLine("%s", what)).orElse("");
    }

    private static String askPassword() {
        if (System.console() == null) {
            throw new UsageException("there is no terminal to ask on: use --password-stdin");
        }
        char[] password = System.console().readPassword("password: ");
        return password == null ? "" : new String(password);
    }
}
