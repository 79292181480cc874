package io.longshore.registry.client.tool;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "head", description = "Say what a manifest is, without reading it.")
final class ManifestHeadCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "IMAGE", description = "The manifest, as NAME:TAG or NAME@DIGEST.")
    private ImageName image;

    ManifestHeadCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return image.toString();
    }

    @Override
    public Integer call() throws IOException {
        Descriptor manifest = session.repository(image).manifests().head(image.reference()).orElseThrow(
                () -> new RegistryException.NotFound(ErrorCode.MANIFEST_UNKNOWN, "there is no such manifest", ""));
        session.console().result(Descriptions.fields(image, manifest), Descriptions.lines(manifest));
        return ExitCode.DONE;
    }
}
