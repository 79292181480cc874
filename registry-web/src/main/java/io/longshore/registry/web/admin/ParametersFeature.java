package io.longshore.registry.web.admin;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Parameter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses parameters of a query that a resource method does not know: whoever misspells what a list is to be narrowed
 * down by must not get all of it. And texts with a NUL, which nothing here is called and PostgreSQL does not take.
 */
final class ParametersFeature implements DynamicFeature {
    /** After the check of who asks. */
    private static final int AFTER_ACCESS = Priorities.USER + 1;

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Set<String> known = Stream.of(resource.getResourceMethod().getParameters())
                .flatMap(ParametersFeature::names)
                .collect(Collectors.toCollection(TreeSet::new));
        context.register(new Check(known), AFTER_ACCESS);
    }

    private static Stream<String> names(Parameter parameter) {
        if (parameter.isAnnotationPresent(BeanParam.class)) {
            return Stream.of(parameter.getType().getConstructors()[0].getParameters()).flatMap(ParametersFeature::names);
        }
        QueryParam named = parameter.getAnnotation(QueryParam.class);
        return named == null ? Stream.empty() : Stream.of(named.value());
    }

    private record Check(Set<String> known) implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            request.getUriInfo().getQueryParameters().forEach((name, values) -> {
                if (!known.contains(name)) {
                    throw refused(known.isEmpty()
                            ? "this takes no parameters"
                            : "unknown parameter; there are " + String.join(", ", known));
                }
                if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
                    throw refused(name + ": a text has no NUL");
                }
            });
        }

        private static RegistryException refused(String message) {
            return new RegistryException.Invalid(ErrorCode.UNSUPPORTED, message, "");
        }
    }
}
