package io.longshore.registry.web.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PermissionFeatureTest {
    private final PermissionFeature feature = new PermissionFeature(null);

    /** A resource of the registry. */
    private static final class Resource {
        @GET
        public String forgotten() {
            return "";
        }

        @GET
        @NeedsNoRepository
        public String free() {
            return "";
        }
    }

    private record Found(Class<?> resourceClass, Method method) implements ResourceInfo {
        static Found of(Class<?> type, String name) {
            return new Found(type, Stream.of(type.getMethods())
                    .filter(method -> method.getName().equals(name))
                    .findAny()
                    .orElseThrow());
        }

        @Override
        public Method getResourceMethod() {
            return method;
        }

        @Override
        public Class<?> getResourceClass() {
            return resourceClass;
        }
    }

    @Test
    void aMethodThatDoesNotSayWhatItNeedsKeepsTheApplicationFromStarting() {
        assertThatIllegalStateException()
                .isThrownBy(() -> feature.configure(Found.of(Resource.class, "forgotten"), null))
                .withMessageContaining("forgotten")
                .withMessageContaining("does not say what its callers need");
    }

    @Test
    void aMethodThatChecksItselfIsLeftAlone() {
        assertThatCode(() -> feature.configure(Found.of(Resource.class, "free"), null)).doesNotThrowAnyException();
    }

    /** JAX-RS brings resources of its own, which answer OPTIONS. */
    @Test
    void whatIsNotOfTheRegistryIsLeftAlone() {
        assertThatCode(() -> feature.configure(Found.of(String.class, "strip"), null)).doesNotThrowAnyException();
    }
}
