package io.longshore.registry.launcher;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/**
 * How to run PostgreSQL, which refuses to run as root. An ordinary user runs it as it is. Root runs it in a user
 * namespace without any mapping, where root is nobody; where the kernel or the container forbids that, as the user
 * nobody, who then must own its files.
 */
final class Unprivileged {

    private static final String NOBODY = "65534";

    private final List<String> prefix;
    private final String owner;

    private Unprivileged(List<String> prefix, String owner) {
        this.prefix = prefix;
        this.owner = owner;
    }

    /** Finds the way that works here. */
    static Unprivileged find() {
        if (new UnixSystem().getUid() != 0) {
            return new Unprivileged(List.of(), null);
        }
        Command plain = new Command(List.of());
        List<String> namespace = List.of("unshare", "-U");
        if (new Command(namespace).works("sh", "-c", "test $(id -u) != 0")) {
            return new Unprivileged(namespace, "0");
        }
        List<String> nobody = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        if (new Command(nobody).works("true") && plain.works("sh", "-c", "command -v chown")) {
            return new Unprivileged(nobody, NOBODY);
        }
        throw new StartException("PostgreSQL does not run as root, and neither unshare nor setpriv can run it as"
                + " another user. " + Postgres.ALTERNATIVES);
    }

    Command command() {
        return new Command(prefix);
    }

    /**
     * Lets the user that PostgreSQL runs as go through a folder that is for its owner alone; not look into it. Only the
     * user nobody needs it.
     */
    void letThrough(Path folder) throws IOException {
        if (!NOBODY.equals(owner)) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
        if (permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
            return;
        }
        Files.setAttribute(folder, "unix:gid", Integer.valueOf(NOBODY));
        permissions.remove(PosixFilePermission.GROUP_READ);
        permissions.remove(PosixFilePermission.GROUP_WRITE);
        permissions.add(PosixFilePermission.GROUP_EXECUTE);
        Files.setPosixFilePermissions(folder, permissions);
    }

    /** Gives a folder and all in it to the user that PostgreSQL runs as, if it is another's. */
    void own(Path folder) throws IOException {
        if (owner == null || Files.getAttribute(folder, "unix:uid").toString().equals(owner)) {
            return;
        }
        Command.Result result = new Command(List.of()).run("", "chown", "-R", owner + ":" + owner, folder.toString());
        if (!result.succeeded()) {
            throw new IOException("cannot give " + folder + " to user " + owner + ": " + result.output());
        }
    }
}
