package io.longshore.registry.client.tool;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "manifest",
        description = "Read and change manifests, byte for byte.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ManifestGetCommand.class,
            ManifestHeadCommand.class,
            ManifestPutCommand.class,
            DeleteCommand.class
        })
final class ManifestCommand implements Action {
    @Spec
    private CommandSpec spec;

    @Override
    public String subject() {
        return spec.qualifiedName();
    }

    @Override
    public Integer call() {
        throw new UsageException("a command is missing; see '" + spec.qualifiedName() + " --help'");
    }
}
