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
    static final String WARNING = "Warning";

    private static final int LONGEST_WARNING = 1024;

    /** What is named by its digest never changes. */
    static final String IMMUTABLE = "max-age=31536000, immutable";

    private Headers() {}

    /** A warning as the OCI distribution-spec has it (section "Warnings"): so short that several are not too long. */
    static String warning(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7E]", "?").replace("\\", "\\\\").replace("\"", "\\\"");
        String cut = printable.length() > LONGEST_WARNING ? printable.substring(0, LONGEST_WARNING) : printable;
        return "299 - \"" + cut + '"';
    }
}
