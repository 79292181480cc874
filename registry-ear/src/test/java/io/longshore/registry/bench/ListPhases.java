package io.longshore.registry.bench;

import java.io.IOException;
import java.util.List;

/** The rows about lists, which are read a page at a time. */
final class ListPhases {

    private static final int CLIENTS = 8;
    private static final int PAGE = 100;

    private final Content content;
    private final Scale scale;

    ListPhases(Content content, Scale scale) {
        this.content = content;
        this.scale = scale;
    }

    List<Phase> all() {
        String tags = "/v2/" + Content.LONG_LIST + "/tags/list?n=" + PAGE;
        String catalog = "/v2/_catalog?n=" + PAGE;
        String referrers = "/v2/" + Content.SUBJECT + "/referrers/" + content.subject().digest();
        String ofTags = "page of %d of %,d tags, ".formatted(PAGE, scale.tags());
        String ofCatalog = "page of %d of %,d repositories, ".formatted(PAGE, scale.repositories());
        return List.of(
                page(ofTags + "the first", tags),
                page(ofTags + "in the middle", tags + "&last=" + Content.listed(scale.tags() / 2)),
                page(ofCatalog + "the first", catalog),
                page(ofCatalog + "in the middle", catalog + "&last=" + Content.repository(scale.repositories() / 2)),
                page("list of %d referrers".formatted(Content.REFERRERS), referrers).withoutPeer());
    }

    /** Every entry but the last has a comma after it, whatever else there is. */
    private static Phase page(String name, String target) {
        return Phase.timed(name, CLIENTS, (server, calls) -> {
            int commas = calls.count(target, ',');
            if (commas < PAGE - 1) {
                throw new IOException(server.name() + ": " + target + " has only " + (commas + 1) + " entries");
            }
            return (each, number) -> each.get(target);
        });
    }
}
