package io.longshore.registry.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The class-data archive of the JVM: classes as they are after parsing and verification, which saves a third of the
 * processor time of later starts. {@code bin/registry} uses one that fits, and asks for one where there is none.
 *
 * @param file where it is wanted, absolute
 */
record ClassArchive(Path file) {

    /**
     * The archive that {@code bin/registry} asks for, if it does and the folder is there: the script knows of the data
     * folder only what a variable says, and it may be configured otherwise.
     */
    static Optional<ClassArchive> wanted() {
        String file = System.getProperty("longshore.classes", "");
        return Optional.of(file).filter(name -> !name.isEmpty())
                .map(name -> new ClassArchive(Path.of(name).toAbsolutePath()))
                .filter(archive -> Files.isWritable(archive.file().getParent()));
    }

    /**
     * Writes the archive of the classes that are loaded now. All threads stand still for that, some seconds: done best
     * when nobody is served any more. It appears whole or not at all.
     */
    void write() throws IOException {
        Path part = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "vmCds",
                    new Object[] {new String[] {"dynamic_dump", part.toString()}},
                    new String[] {String[].class.getName()});
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (JMException e) {
            throw new IOException("the JVM cannot write it: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
