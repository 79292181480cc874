package io.longshore.registry.web;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.Tag;
import java.util.ArrayList;
import java.util.List;

/** The tags that a push by digest sets, as they come in its query and go back in its reply. */
final class PushTags {
    /** More than anybody sets by hand; the specification lets a registry refuse what is too many for it. */
    static final int MOST = 100;

    /** Servers and proxies limit how many headers there may be, and how long one is: about 1 KiB with this many. */
    private static final int PER_HEADER = 10;

    private PushTags() {}

    /**
     * Each tag once, in the order of the query.
     *
     * @throws RegistryException.Invalid {@link ErrorCode#TAG_INVALID} if one is none
     * @throws RegistryException.Refused {@link ErrorCode#TAG_INVALID} if there are more than {@link #MOST}
     */
    static List<Tag> parse(List<String> names) {
        List<Tag> tags = names.stream().map(Tag::parse).distinct().toList();
        if (tags.size() > MOST) {
            throw new RegistryException.Refused(
                    RegistryException.Kind.URI_TOO_LONG,
                    ErrorCode.TAG_INVALID,
                    "a push sets at most " + MOST + " tags, not " + tags.size() + "; push again for the others",
                    "");
        }
        return tags;
    }

    /** The values of the headers {@code OCI-Tag}, each a list as in RFC 9110, section 5.6.1; none without tags. */
    static List<String> headerValues(List<Tag> tags) {
        List<String> values = new ArrayList<>();
        for (int start = 0; start < tags.size(); start += PER_HEADER) {
            List<Tag> some = tags.subList(start, Math.min(start + PER_HEADER, tags.size()));
            values.add(String.join(", ", some.stream().map(Tag::value).toList()));
        }
        return values;
    }
}
