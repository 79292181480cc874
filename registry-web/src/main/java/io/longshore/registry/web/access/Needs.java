package io.longshore.registry.web.access;

import io.longshore.registry.permission.Action;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the caller of a resource method must be allowed to do with the repository that its path names, in the parameter
 * {@code name}. Checked before the method is called, and before the body of the request is read.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {
    Action value();
}
