package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.commons.support.AnnotationSupport.findRepeatableAnnotations;
import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;
import static org.junit.platform.commons.support.ReflectionSupport.findAllClassesInPackage;
import static org.junit.platform.commons.support.ReflectionSupport.findMethods;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** Every endpoint and every error code of the OCI distribution specification has a test that carries its identifier. */
class SpecMatrixTest {
    private static final List<String> ENDPOINTS = List.of(
            "end-1", "end-2", "end-3", "end-4a", "end-4b", "end-4c", "end-5", "end-6", "end-7a", "end-7b", "end-8a",
            "end-8b", "end-9", "end-10", "end-11", "end-12a", "end-12b", "end-13", "end-14");

    private static final List<String> CODES = List.of(
            "code-1", "code-2", "code-3", "code-4", "code-5", "code-6", "code-7", "code-8", "code-9", "code-10",
            "code-13");

    /** Codes that this registry never answers, and why. */
    private static final Map<String, String> NEVER_ANSWERED = Map.of(
            "code-11", "UNAUTHORIZED: there is no authentication",
            "code-12", "DENIED: there is no authorization",
            "code-14", "TOOMANYREQUESTS: there is no limit of requests");

    @Test
    void everyEndpointHasATest() {
        assertThat(tagsOfTests()).containsAll(ENDPOINTS);
    }

    @Test
    void everyErrorCodeHasATest() {
        assertThat(tagsOfTests()).containsAll(CODES).doesNotContainAnyElementsOf(NEVER_ANSWERED.keySet());
    }

    @Test
    void noTestCarriesAnIdentifierThatTheSpecificationDoesNotHave() {
        Set<String> known = new TreeSet<>(ENDPOINTS);
        known.addAll(CODES);

        assertThat(tagsOfTests()).filteredOn(tag -> tag.matches("(end|code)-.*")).isSubsetOf(known);
    }

    private static Set<String> tagsOfTests() {
        Set<String> tags = new TreeSet<>();
        String home = "io.longshore.registry.it";
        for (Class<?> type : findAllClassesInPackage(home, c -> true, name -> name.endsWith("IT"))) {
            List<Method> tests =
                    findMethods(type, method -> isAnnotated(method, Testable.class), HierarchyTraversalMode.TOP_DOWN);
            for (Method test : tests) {
                findRepeatableAnnotations(type, Tag.class).forEach(tag -> tags.add(tag.value()));
                findRepeatableAnnotations(test, Tag.class).forEach(tag -> tags.add(tag.value()));
            }
        }
        return tags;
    }
}
