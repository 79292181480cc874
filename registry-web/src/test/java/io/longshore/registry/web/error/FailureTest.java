package io.longshore.registry.web.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RegistryException.Kind;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.StageLostException;
import io.longshore.registry.storage.StorageFullException;
import io.longshore.registry.storage.StorageUnavailableException;
import io.longshore.registry.web.CapturedLog;
import io.longshore.registry.web.body.RequestBody;
import jakarta.ws.rs.InternalServerErrorException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {
    private static final String REQUEST = "GET /v2/a/tags/list";

    private final CapturedLog log = new CapturedLog(Failure.class);

    @AfterEach
    void giveTheLogBack() {
        log.close();
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID, 400",
        "UNAUTHENTICATED, 401",
        "DENIED, 403",
        "NOT_FOUND, 404",
        "NOT_ALLOWED, 405",
        "CONFLICT, 409",
        "TOO_LARGE, 413",
        "URI_TOO_LONG, 414",
        "UNSUPPORTED_MEDIA_TYPE, 415",
        "RANGE_NOT_SATISFIABLE, 416",
        "TOO_MANY_REQUESTS, 429",
        "HEADERS_TOO_LARGE, 431",
        "UNAVAILABLE, 503",
    })
    void givesEachKindItsStatusAndKeepsTheErrors(Kind kind, int status) {
        RegistryException thrown = new RegistryException.Refused(kind, ErrorCode.DENIED, "why", "what");

        Failure failure = Failure.of(thrown, REQUEST);

        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.errors()).isEqualTo(thrown.errors());
    }

    @Test
    void saysThatWaitingMayHelpOnlyWhereItMay() {
        assertThat(Failure.of(new RegistryException.Unavailable("later")).headers()).containsKey("Retry-After");
        assertThat(Failure.of(new RegistryException.TooManyRequests("slow down", 7)).headers())
                .containsEntry("Retry-After", "7");
        assertThat(Failure.of(new RegistryException.Invalid(ErrorCode.TAG_INVALID, "", "")).headers()).isEmpty();
    }

    @Test
    void saysWhichCredentialsAreWanted() {
        Failure failure = Failure.of(new RegistryException.Unauthenticated("Basic realm=\"r\"", "log in", ""));

        assertThat(failure.status()).isEqualTo(401);
        assertThat(failure.headers()).containsOnly(Map.entry("WWW-Authenticate", "Basic realm=\"r\""));
        assertThat(failure.errors().get(0).code()).isEqualTo(ErrorCode.UNAUTHORIZED);
    }

    @Test
    void tellsNothingOfWhatFailedInsideButAnId() {
        Failure failure = Failure.of(new IllegalStateException("password=secret"), REQUEST);

        assertThat(failure.status()).isEqualTo(500);
        assertThat(failure.errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo(ErrorCode.UNKNOWN);
            assertThat(error.detail()).matches("[0-9a-f]{16}");
        });
        assertThat(new String(FailureForm.DISTRIBUTION.body(failure), StandardCharsets.UTF_8)).doesNotContain("secret", "IllegalState");
    }

    @Test
    void logsWhatFailedInsideUnderTheIdThatTheClientWasTold() {
        IllegalStateException thrown = new IllegalStateException("broken");

        Failure failure = Failure.of(thrown, REQUEST);

        assertThat(log.records()).singleElement().satisfies(logged -> {
            assertThat(logged.getThrown()).isSameAs(thrown);
            assertThat(logged.getMessage())
                    .contains(REQUEST, failure.errors().get(0).detail());
        });
    }

    @Test
    void givesEveryUnexpectedFailureAnIdOfItsOwn() {
        Failure first = Failure.of(new IOException("disk"), REQUEST);
        Failure second = Failure.of(new IOException("disk"), REQUEST);

        assertThat(first.errors().get(0).detail()).isNotEqualTo(second.errors().get(0).detail());
    }

    @Test
    void takesABlobWithoutItsBytesForAFailureOfTheRegistry() {
        assertThat(Failure.of(new BlobLostException("sha256:aa"), REQUEST).status()).isEqualTo(500);
    }

    @Test
    void takesAFullStoreForLackOfSpace() {
        assertThat(Failure.of(new StorageFullException("no room"), REQUEST).status()).isEqualTo(507);
    }

    @Test
    void asksTheClientToComeBackWhereTheStorageIsAway() {
        Failure failure = Failure.of(new StorageUnavailableException("bucket", new IOException("refused")), REQUEST);

        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.headers()).containsEntry("Retry-After", "5");
        assertThat(failure.errors().get(0).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void asksTheClientToStartAgainWhereItsStageIsGone() {
        Failure failure = Failure.of(new StageLostException("gone"), REQUEST);

        assertThat(failure.status()).isEqualTo(404);
        assertThat(failure.errors().get(0).code()).isEqualTo(ErrorCode.BLOB_UPLOAD_UNKNOWN);
    }

    @Test
    void blamesTheClientForABodyThatEndsEarlyAndDoesNotFillTheLog() {
        InputStream broken = new RequestBody(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        IOException thrown = catchThrowableOfType(IOException.class, broken::readAllBytes);

        Failure failure = Failure.of(new UncheckedIOException(thrown), REQUEST);

        assertThat(failure.status()).isEqualTo(400);
        assertThat(failure.errors().get(0).code()).isEqualTo(ErrorCode.SIZE_INVALID);
        assertThat(log.records()).isEmpty();
    }

    @Test
    void asksTheClientToWaitWhereMemoryIsShort() {
        OutOfMemoryError thrown = new OutOfMemoryError("Java heap space");

        Failure failure = Failure.of(thrown, REQUEST);

        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.headers()).containsEntry("Retry-After", "5");
        assertThat(failure.errors().get(0).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(log.records()).singleElement().satisfies(logged -> assertThat(logged.getThrown()).isSameAs(thrown));
    }

    @Test
    void hidesTheReasonOfJaxRsFailingToo() {
        Failure failure = Failure.of(new InternalServerErrorException("secret"), REQUEST);

        assertThat(failure.status()).isEqualTo(500);
        assertThat(new String(FailureForm.DISTRIBUTION.body(failure), StandardCharsets.UTF_8)).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 406, 408, 413, 414, 415, 431, 500, 501, 503})
    void hasAnErrorForAnyStatusTheContainerMayChoose(int status) {
        Failure failure = Failure.ofStatus(status, REQUEST);

        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.errors()).hasSize(1);
    }
}
