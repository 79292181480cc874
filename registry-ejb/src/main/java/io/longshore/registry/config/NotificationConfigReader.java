package io.longshore.registry.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code notifications}. */
final class NotificationConfigReader {
    private final Settings settings;
    private final Problems problems;
    private final ConfigLoader.FileReader files;

    /** {@code files} is asked for the authorities of endpoints. */
    NotificationConfigReader(Settings settings, Problems problems, ConfigLoader.FileReader files) {
        this.settings = settings;
        this.problems = problems;
        this.files = files;
    }

    NotificationConfig read() {
        NotificationConfig.Targets targets = targets();
        return new NotificationConfig(
                settings.get(NotificationKeys.INCLUDEREFERENCES),
                settings.get(NotificationKeys.PULLS),
                settings.get(NotificationKeys.RETENTION),
                targets,
                endpoints(targets));
    }

    private NotificationConfig.Targets targets() {
        boolean privateAddresses = settings.get(NotificationKeys.TARGETS_PRIVATE);
        List<AddressRange> permitted = settings.find(NotificationKeys.TARGETS_PERMITTED).orElse(List.of());
        if (privateAddresses) {
            settings.source(NotificationKeys.TARGETS_PERMITTED).ifPresent(source -> problems.warn(
                    NotificationKeys.TARGETS_PERMITTED.name(), source,
                    "has no effect while " + NotificationKeys.TARGETS_PRIVATE.name() + " is true"));
        }
        return new NotificationConfig.Targets(settings.get(NotificationKeys.TARGETS_HTTP), privateAddresses, permitted);
    }

    private List<EndpointConfig> endpoints(NotificationConfig.Targets targets) {
        List<Value.Entries> items = settings.find(NotificationKeys.ENDPOINTS).orElse(List.of());
        List<EndpointConfig> endpoints = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int index = 0; index < items.size(); index++) {
            ItemReader item = new ItemReader(
                    NotificationKeys.ENDPOINTS.name() + "." + index, items.get(index), EndpointReader.FIELDS, problems);
            new EndpointReader(item, targets, files).read(names).ifPresent(endpoints::add);
        }
        return endpoints;
    }
}
