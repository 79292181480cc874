package io.longshore.registry.web.condition;

import io.longshore.registry.model.Digest;

/** The strong entity tag of content that is named by its digest: the digest in quotes. */
public final class ETag {
    private final String value;

    private ETag(String value) {
        this.value = value;
    }

    public static ETag of(Digest digest) {
        return new ETag('"' + digest.toString() + '"');
    }

    /**
     * Whether a client that sends this {@code If-None-Match} has the content already (RFC 9110, 13.1.2, which compares
     * weakly).
     *
     * @param ifNoneMatch null if the request has none
     */
    public boolean isIn(String ifNoneMatch) {
        if (ifNoneMatch == null) {
            return false;
        }
        // No entity tag of ours holds a comma, so that splitting one of another's in two can only fail to match.
        for (String candidate : ifNoneMatch.split(",")) {
            String tag = candidate.trim();
            if (tag.equals("*") || tag.equals(value) || tag.equals("W/" + value)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a range may be served to a client that sends this {@code If-Range} (RFC 9110, 13.1.5, which compares
     * strongly). A date never matches: content has none here.
     *
     * @param ifRange null if the request has none
     */
    public boolean permitsRange(String ifRange) {
        return ifRange == null || ifRange.trim().equals(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
