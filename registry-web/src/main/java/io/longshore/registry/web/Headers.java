package io.longshore.registry.web;

/** Header names of the distribution API, and values that do not change. */
final class Headers {
    static final String DIGEST = "Docker-Content-Digest";
    static final String UPLOAD_UUID = "Docker-Upload-UUID";
    static final String SUBJECT = "OCI-Subject";
    static final String TAG = "OCI-Tag";
    static final String FILTERS_APPLIED = "OCI-Filters-Applied";
    static final String RANGE = "Range";
    static final String CONTENT_RANGE = "Content-Range";
    static final String ACCEPT_RANGES = "Accept-Ranges";
    static final String LINK = "Link";

    /** What is named by its digest never changes. */
    static final String IMMUTABLE = "max-age=31536000, immutable";

    private Headers() {}
}
