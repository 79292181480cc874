package io.longshore.registry.it.access;

/** What becomes of a request, as far as access is concerned. */
enum Outcome {
    /** It is served: done, or answered that something is not there. */
    YES(0, false, ""),
    /** 401: log in, or get a token for this. */
    LOGIN(401, true, ""),
    /** 401: the token is good, and not for this; get another one for this. */
    MORE(401, true, "insufficient_scope"),
    /** 401: what was shown is not good; nothing is said of what it would have to be good for. */
    WRONG(401, false, ""),
    /** 401: the token is not good, or not any more. */
    STALE(401, false, "invalid_token"),
    /** 403: known, and may not. */
    NO(403, false, "");

    /** 0 where it does not depend on access. */
    private final int status;
    /** Whether the challenge says what a token has to be good for. */
    private final boolean scope;
    private final String error;

    Outcome(int status, boolean scope, String error) {
        this.status = status;
        this.scope = scope;
        this.error = error;
    }

    int status() {
        return status;
    }

    boolean saysScope() {
        return scope;
    }

    String error() {
        return error;
    }

    String code() {
        return status == 403 ? "DENIED" : "UNAUTHORIZED";
    }
}
