package io.longshore.registry.mirror;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.util.regex.Pattern;

/** What clients are told of it that an upstream has not given what it was asked for. */
final class Reasons {
    /** What messages of the client library begin with. */
    private static final Pattern REQUEST = Pattern.compile("\\b(?:GET|HEAD) [a-z]+://[^ ]+: ");

    private Reasons() {}

    /** What the upstream refused. */
    static RegistryException of(Upstream upstream, Question question, RegistryException refusal) {
        String what = question.toString();
        String why = withoutRequest(refusal);
        return switch (refusal.kind()) {
            case NOT_FOUND -> new RegistryException.NotFound(
                    question.kind() == Question.Kind.BLOB ? ErrorCode.BLOB_UNKNOWN : ErrorCode.MANIFEST_UNKNOWN,
                    "the mirrored registry " + upstream + " does not have it", what);
            // No other login of the client would help, so that it must not be asked for one.
            case UNAUTHENTICATED, DENIED -> new RegistryException.Denied(
                    "the mirrored registry " + upstream + " does not let this registry have it, or there is no such"
                            + " repository: " + why, what);
            case TOO_MANY_REQUESTS -> new RegistryException.TooManyRequests(
                    "the mirrored registry " + upstream + " is asked too often: " + why,
                    Math.max(1, ((RegistryException.TooManyRequests) refusal).retryAfterSeconds()));
            case UNAVAILABLE -> new RegistryException.Unavailable(
                    "the mirrored registry " + upstream + " is not available: " + why);
            default -> broken(upstream, question, why);
        };
    }

    /** It could not be asked, or the answer broke off or was nonsense. Where the upstream is, the log says. */
    static RegistryException of(Upstream upstream, IOException failure) {
        return new RegistryException.Unavailable("the mirrored registry " + upstream + " could not be asked: "
                + withoutRequest(failure));
    }

    private static String withoutRequest(Exception failure) {
        return REQUEST.matcher(String.valueOf(failure.getMessage())).replaceAll("");
    }

    /** It answers what no registry may. */
    static RegistryException broken(Upstream upstream, Question question, String why) {
        return new RegistryException.Refused(
                RegistryException.Kind.BAD_GATEWAY, ErrorCode.UNKNOWN,
                "the mirrored registry " + upstream + " gives no proper answer: " + why, question.toString());
    }
}
