package io.longshore.registry.web.error;

/** What a failure looks like to its client: each API has a body of its own. */
public enum FailureForm {
    /** That of the distribution API, and of all addresses that are of no API. */
    DISTRIBUTION(ErrorBody.MEDIA_TYPE) {
        @Override
        byte[] body(Failure failure) {
            return ErrorBody.of(failure.errors());
        }
    },
    /** That of the administration API. */
    ADMINISTRATION(ProblemBody.MEDIA_TYPE) {
        @Override
        byte[] body(Failure failure) {
            return ProblemBody.of(failure.status(), failure.errors());
        }
    };

    private final String mediaType;

    FailureForm(String mediaType) {
        this.mediaType = mediaType;
    }

    /** @param path of the request, as it was sent */
    public static FailureForm of(String path) {
        return path.equals("/api") || path.startsWith("/api/") ? ADMINISTRATION : DISTRIBUTION;
    }

    String mediaType() {
        return mediaType;
    }

    abstract byte[] body(Failure failure);
}
