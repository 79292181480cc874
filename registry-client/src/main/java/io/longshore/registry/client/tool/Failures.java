package io.longshore.registry.client.tool;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What a failure means for scripts, and what people can do about it, in one line. */
final class Failures {
    /** @param exitCode see {@link ExitCode} */
    record Failure(int exitCode, String message) {}

    private Failures() {}

    /** @param subject what it was about */
    static Failure of(Throwable thrown, String subject) {
        if (thrown instanceof UncheckedIOException unchecked) {
            return of(unchecked.getCause(), subject);
        }
        if (isCancellation(thrown)) {
            return new Failure(ExitCode.CANCELLED, "cancelled");
        }
        if (thrown instanceof RegistryException refusal) {
            return refused(refusal, subject);
        }
        if (thrown instanceof FileSystemException file) {
            return file(file);
        }
        if (thrown instanceof IOException failure) {
            return io(failure, subject);
        }
        if (thrown instanceof UsageException usage) {
            return new Failure(ExitCode.USAGE, usage.getMessage());
        }
        return new Failure(
                ExitCode.FAILED, subject + ": " + thrown + "; this is a fault of longshore, --debug shows where");
    }

    private static boolean isCancellation(Throwable thrown) {
        return Thread.currentThread().isInterrupted()
                || thrown instanceof InterruptedException
                || thrown instanceof InterruptedIOException && !(thrown instanceof SocketTimeoutException)
                || thrown instanceof CancellationException;
    }

    private static Failure refused(RegistryException refusal, String subject) {
        String what = subject + ": " + message(refusal);
        return switch (refusal.kind()) {
            case NOT_FOUND -> new Failure(ExitCode.NOT_FOUND, what);
            case UNAUTHENTICATED -> new Failure(
                    ExitCode.NOT_ALLOWED, what + "; log in with 'longshore login', or to another registry or user");
            case DENIED -> new Failure(ExitCode.NOT_ALLOWED, what + "; who is logged in has no right to do this");
            case TOO_MANY_REQUESTS, UNAVAILABLE, BAD_GATEWAY ->
                    new Failure(ExitCode.NETWORK, what + "; try again later");
            case NOT_ALLOWED -> new Failure(
                    ExitCode.FAILED, what + "; this registry does not do that, or is not set up to");
            default -> new Failure(ExitCode.FAILED, what);
        };
    }

    private static String message(RegistryException refusal) {
        RegistryException.Error error = refusal.errors().get(0);
        String code = error.code() == ErrorCode.UNKNOWN ? "" : " (" + error.code() + ")";
        return error.message() + code;
    }

    private static Failure file(FileSystemException failure) {
        String file = failure.getFile();
        if (failure instanceof NoSuchFileException) {
            return new Failure(ExitCode.NOT_FOUND, file + ": there is no such file");
        }
        if (failure instanceof AccessDeniedException) {
            return new Failure(ExitCode.FAILED, file + ": the rights of this file or its folder forbid it");
        }
        if (failure instanceof FileAlreadyExistsException) {
            return new Failure(ExitCode.FAILED, file + ": is in the way; move it, or write elsewhere");
        }
        return new Failure(ExitCode.FAILED, failure.getMessage());
    }

    private static Failure io(IOException failure, String subject) {
        String what = failure.getMessage() == null ? subject + ": " + failure : failure.getMessage();
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return new Failure(ExitCode.NETWORK, what + ": nobody knows this host; see whether its name is right");
        }
        if (has(failure, SSLException.class)) {
            return new Failure(ExitCode.NETWORK, what + tlsAdvice(failure));
        }
        if (has(failure, ConnectException.class)) {
            return new Failure(ExitCode.NETWORK, what + ": nothing answers there; see whether host and port are right");
        }
        if (has(failure, HttpTimeoutException.class)) {
            return new Failure(ExitCode.NETWORK, what + ": there is no answer in time; try again later");
        }
        boolean isNetwork = has(failure, SocketException.class) || what.matches("[A-Z]+ https?://.*");
        return new Failure(isNetwork ? ExitCode.NETWORK : ExitCode.FAILED, what);
    }

    private static String tlsAdvice(IOException failure) {
        boolean isPlain = Stream.iterate((Throwable) failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("SSL message"));
        return isPlain
                ? "; the registry speaks no TLS, --plain-http=HOST does without"
                : "; --ca=FILE believes another authority, --insecure=HOST does not look";
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).anyMatch(type::isInstance);
    }
}
