package io.longshore.registry.client.tool;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.client.http.HttpProxy;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Platform;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.Tag;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, put together for one run. */
final class Tool {
    private static final int LINE = 100;

    private final PrintStream out;
    private final PrintStream err;
    private final Console console;
    private final CommandLine commandLine;

    /** @param isTerminal whether lines of {@code err} can be written anew */
    Tool(InputStream in, PrintStream out, PrintStream err, boolean isTerminal) {
        this.out = out;
        this.err = err;
        OutputOptions output = new OutputOptions();
        ConnectionOptions connection = new ConnectionOptions();
        this.console = new Console(out, err, isTerminal, output);
        Session session = new Session(in, console, connection);
        this.commandLine = new CommandLine(new RootCommand(output, connection), factory(session));
        register(ImageName.class, ImageName::parse);
        register(Digest.class, Digest::parse);
        register(Tag.class, Tag::parse);
        register(Place.class, Place::parse);
        register(Platform.class, Platform::parse);
        register(LayerFile.class, LayerFile::parse);
        register(HttpProxy.class, HttpProxy::parse);
        register(InputFile.class, InputFile::parse);
        commandLine.setOut(writer(out));
        commandLine.setErr(writer(err));
        commandLine.setUsageHelpWidth(LINE);
        commandLine.setParameterExceptionHandler(this::misunderstood);
        commandLine.setExecutionExceptionHandler(this::failed);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** What the commands and their options are. */
    CommandLine commandLine() {
        return commandLine;
    }

    /** @return an {@link ExitCode} */
    int run(String... arguments) {
        int exitCode = commandLine.execute(arguments);
        out.flush();
        err.flush();
        return exitCode;
    }

    /** Commands are given the session. */
    private static IFactory factory(Session session) {
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                try {
                    Constructor<K> constructor = type.getDeclaredConstructor(Session.class);
                    return constructor.newInstance(session);
                } catch (NoSuchMethodException e) {
                    return CommandLine.defaultFactory().create(type);
                }
            }
        };
    }

    private <T> void register(Class<T> type, Function<String, T> parser) {
        ITypeConverter<T> converter = text -> {
            try {
                return parser.apply(text);
            } catch (RegistryException | IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
        commandLine.registerConverter(type, converter);
    }

    private int misunderstood(ParameterException e, String[] arguments) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        String message = e.getMessage().lines().findFirst().orElse("it is not understood");
        String nearest = e instanceof UnmatchedArgumentException unmatched
                ? String.join("' or '", unmatched.getSuggestions()) : "";
        String advice = nearest.isEmpty() ? "see '" + name + " --help'" : "is '" + nearest + "' meant?";
        console.error(ExitCode.USAGE, message + "; " + advice);
        console.trace(e);
        return ExitCode.USAGE;
    }

    private int failed(Exception e, CommandLine command, ParseResult parsed) {
        String subject = command.getCommand() instanceof Action action
                ? action.subject() : command.getCommandSpec().qualifiedName();
        Failures.Failure failure = Failures.of(e, subject);
        console.error(failure.exitCode(), failure.message());
        console.trace(e);
        return failure.exitCode();
    }
}
