package io.longshore.registry.web.token;

import io.longshore.registry.model.ErrorCode;

/** Why there is no token, in the words of OAuth (RFC 6749, section 5.2). Without a stack trace. */
final class OAuthException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String error;
    private final ErrorCode code;

    private OAuthException(String error, ErrorCode code, String message) {
        super(message, null, false, false);
        this.error = error;
        this.code = code;
    }

    /** What was sent cannot be understood. */
    static OAuthException invalidRequest(String message) {
        return new OAuthException("invalid_request", ErrorCode.UNSUPPORTED, message);
    }

    /** The password or the refresh token is wrong, or not good any more. */
    static OAuthException invalidGrant(String message) {
        return new OAuthException("invalid_grant", ErrorCode.UNAUTHORIZED, message);
    }

    static OAuthException invalidScope(String message) {
        return new OAuthException("invalid_scope", ErrorCode.UNSUPPORTED, message);
    }

    /** Tokens for another service are given out elsewhere (RFC 8707). */
    static OAuthException invalidTarget(String message) {
        return new OAuthException("invalid_target", ErrorCode.UNSUPPORTED, message);
    }

    static OAuthException unsupportedGrantType(String message) {
        return new OAuthException("unsupported_grant_type", ErrorCode.UNSUPPORTED, message);
    }

    /** In the words of OAuth. */
    String error() {
        return error;
    }

    /** In the words of registries. */
    ErrorCode code() {
        return code;
    }
}
