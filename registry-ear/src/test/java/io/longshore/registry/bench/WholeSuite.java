package io.longshore.registry.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All that can be measured. */
final class WholeSuite implements Suite {

    private final Content content;
    private final Scale scale;

    WholeSuite(Content content, Scale scale) {
        this.content = content;
        this.scale = scale;
    }

    @Override
    public void layOut(Server server, Load load) throws IOException {
        content.pushTo(server, load);
    }

    @Override
    public List<Phase> phases(List<Server> servers) throws IOException {
        boolean peerTakesPost = servers.size() > 1 && takesPost(servers.get(1));
        return Stream.of(new BlobPhases(content, scale).all(peerTakesPost),
                        new ManifestPhases(content, scale).all(), new ListPhases(content, scale).all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Optional<Phase> afterStart() {
        return Optional.of(new ManifestPhases(content, scale).afterStart());
    }

    private boolean takesPost(Server server) throws IOException {
        try (RegistryCalls calls = server.connect()) {
            return calls.takesPost(Content.SMALL, content.freshSmall());
        }
    }
}
