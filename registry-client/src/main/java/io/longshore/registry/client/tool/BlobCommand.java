package io.longshore.registry.client.tool;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "blob",
        description = "Read and change blobs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BlobGetCommand.class,
            BlobHeadCommand.class,
            BlobPutCommand.class,
            BlobDeleteCommand.class
        })
final class BlobCommand implements Action {
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
