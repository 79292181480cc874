package io.longshore.registry.upload;

import java.util.List;

/** What of this package is mapped to tables. */
public final class UploadEntities {
    public static final List<Class<?>> ALL = List.of(UploadSession.class);

    private UploadEntities() {}
}
