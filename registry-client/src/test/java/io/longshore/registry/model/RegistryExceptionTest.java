package io.longshore.registry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RegistryExceptionTest {
    @Test
    void carriesEveryErrorInOrder() {
        List<RegistryException.Error> errors = new ArrayList<>(List.of(
                new RegistryException.Error(ErrorCode.MANIFEST_BLOB_UNKNOWN, "first", "a"),
                new RegistryException.Error(ErrorCode.MANIFEST_BLOB_UNKNOWN, "second", "b")));
        RegistryException exception = new RegistryException.NotFound(errors);
        errors.clear();

        assertThat(exception.errors()).extracting(RegistryException.Error::detail).containsExactly("a", "b");
        assertThat(exception).hasMessage("first");
        assertThatThrownBy(() -> exception.errors().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void saysHowTheRequestFailed() {
        assertThat(new RegistryException.Invalid(ErrorCode.SIZE_INVALID, "m", "d").kind())
                .isEqualTo(RegistryException.Kind.INVALID);
        assertThat(new RegistryException.NotFound(ErrorCode.BLOB_UNKNOWN, "m", "d").kind())
                .isEqualTo(RegistryException.Kind.NOT_FOUND);
        assertThat(new RegistryException.Refused(RegistryException.Kind.CONFLICT, ErrorCode.DENIED, "m", "d").kind())
                .isEqualTo(RegistryException.Kind.CONFLICT);
        assertThat(new RegistryException.Unavailable("m")).satisfies(exception -> {
            assertThat(exception.kind()).isEqualTo(RegistryException.Kind.UNAVAILABLE);
            assertThat(exception.errors().get(0).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        });
    }

    @Test
    void costsNoStackTrace() {
        assertThat(new RegistryException.Unavailable("m").getStackTrace()).isEmpty();
    }

    /** OCI distribution-spec, Error Codes. */
    @Test
    void knowsTheCodesOfTheSpecificationInItsOrder() {
        assertThat(Stream.of(ErrorCode.values()).limit(14)).extracting(ErrorCode::name)
                .containsExactly(
                        "BLOB_UNKNOWN", "BLOB_UPLOAD_INVALID", "BLOB_UPLOAD_UNKNOWN", "DIGEST_INVALID",
                        "MANIFEST_BLOB_UNKNOWN", "MANIFEST_INVALID", "MANIFEST_UNKNOWN", "NAME_INVALID",
                        "NAME_UNKNOWN", "SIZE_INVALID", "UNAUTHORIZED", "DENIED", "UNSUPPORTED", "TOOMANYREQUESTS");
    }
}
