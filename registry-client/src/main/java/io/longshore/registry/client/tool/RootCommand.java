package io.longshore.registry.client.tool;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself: what is meant for all commands. */
@Command(
        name = "longshore",
        description = "Looks at, copies and changes what container registries hold.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = RootCommand.Version.class,
        subcommands = {
            CopyCommand.class,
            InspectCommand.class,
            LsCommand.class,
            TagsCommand.class,
            ManifestCommand.class,
            BlobCommand.class,
            PushCommand.class,
            PullCommand.class,
            AttachCommand.class,
            ReferrersCommand.class,
            DiffCommand.class,
            DeleteCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            CompletionCommand.class
        })
final class RootCommand implements Action {
    @Mixin
    private final OutputOptions output;

    @Mixin
    private final ConnectionOptions connection;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Say how a command is used.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Say which version this is.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    RootCommand(OutputOptions output, ConnectionOptions connection) {
        this.output = output;
        this.connection = connection;
    }

    @Override
    public String subject() {
        return spec.qualifiedName();
    }

    @Override
    public Integer call() {
        throw new UsageException("a command is missing; see 'longshore --help'");
    }

    /** The version that stands in the program's file. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Longshore.class.getPackage().getImplementationVersion();
            return new String[] {"longshore " + (version == null ? "(not built as a file)" : version)};
        }
    }
}
