package io.longshore.registry.client.tool;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RegistryException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        description = {
            "Delete tags, or manifests with all of their tags.",
            "Ends at the first one that fails."
        })
final class DeleteCommand implements Action {
    private final Session session;

    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "NAME:TAG takes away the tag; NAME@DIGEST the manifest with all of its tags.")
    private List<ImageName> images;

    private ImageName current;

    DeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public String subject() {
        return (current == null ? images.get(0) : current).toString();
    }

    @Override
    public Integer call() throws IOException {
        images.forEach(Names::requireReference);
        List<String> deleted = new ArrayList<>();
        try {
            for (ImageName image : images) {
                current = image;
                delete(image);
                deleted.add(image.toString());
            }
        } finally {
            session.console().result(
                    new Fields().with("deleted", deleted), deleted.stream().map(name -> "deleted " + name).toList());
        }
        return ExitCode.DONE;
    }

    private void delete(ImageName image) throws IOException {
        Reference reference = image.reference();
        try {
            session.repository(image).manifests().delete(reference);
        } catch (RegistryException e) {
            boolean isTag = !(reference instanceof Digest);
            if (isTag && (e.kind() == Kind.NOT_ALLOWED || e.kind() == Kind.INVALID)) {
                session.console().note("some registries delete by digest only: 'longshore manifest head " + image
                        + "' says it; all tags of the digest go with it");
            }
            throw e;
        }
    }
}
