package io.longshore.registry.provision;

import io.longshore.registry.launcher.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Provisions the WildFly that runs the registry: JBoss Modules, the modules of the extensions that the configuration
 * names and the modules that those cannot do without. A folder that was made from the same is left as it is.
 */
public final class Provision {

    private static final Pattern EXTENSION = Pattern.compile("<extension module=\"([^\"]+)\"");

    private Provision() {
    }

    /**
     * Provisions a server.
     *
     * @param args the ZIP file of the distribution, the server's configuration, the folder to make, and the names of
     *     further modules that the server or the application needs
     */
    public static void main(String... args) throws IOException {
        Path zip = Path.of(args[0]);
        Path home = Path.of(args[2]);
        Set<String> roots = extensions(Files.readString(Path.of(args[1])));
        roots.addAll(Arrays.asList(args).subList(3, args.length));
        Path stamp = home.resolve("modules/provisioned.txt");
        String madeFrom = zip.getFileName() + "\n" + String.join("\n", roots) + "\n";
        if (Files.exists(stamp) && Files.readString(stamp).equals(madeFrom)) {
            return;
        }
        Folders.delete(home);
        try (Distribution distribution = Distribution.open(zip)) {
            for (String module : closure(distribution, roots)) {
                distribution.copyModule(module, home);
            }
            distribution.copyFile("jboss-modules.jar", home);
            distribution.copyFile("LICENSE.txt", home);
        }
        Files.writeString(stamp, madeFrom);
    }

    /** The modules of the extensions that a server configuration loads. */
    static Set<String> extensions(String configuration) {
        return EXTENSION.matcher(configuration).results().map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The given modules and all that they require, directly or not; a root that does not exist is an error. */
    static Set<String> closure(Distribution distribution, Set<String> roots) throws IOException {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            String name = open.pop();
            if (found.contains(name)) {
                continue;
            }
            Optional<ModuleDescriptor> module = distribution.module(name);
            if (module.isEmpty() && roots.contains(name)) {
                throw new IOException("the distribution has no module " + name);
            }
            if (module.isPresent()) {
                found.add(name);
                open.addAll(module.get().required());
            }
        }
        return found;
    }
}
