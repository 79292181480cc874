package io.longshore.registry.access.account;

import io.longshore.registry.access.rule.RuleService;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets somebody in where there are no users yet. Of several nodes that start at once, one does. */
public final class FirstAdministrator {
    /** In the data folder. */
    public static final String FILE = "initial-admin-password";

    private static final System.Logger LOG = System.getLogger(FirstAdministrator.class.getName());
    /** No letters and digits that look like others: people type it. */
    private static final String SIGNS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 24;

    private final Database database;
    private final Audit audit;
    private final RuleService rules;
    private final PasswordHash passwords;
    private final AccountName name;
    private final Path folder;
    private final UserTable users = new UserTable();

    /** @param folder where the password is left */
    public FirstAdministrator(
            Database database,
            Audit audit,
            RuleService rules,
            PasswordHash passwords,
            AccountName name,
            Path folder) {
        this.database = database;
        this.audit = audit;
        this.rules = rules;
        this.passwords = passwords;
        this.name = name;
        this.folder = folder;
    }

    /**
     * If there are no users, makes one that administers the registry, and leaves its password in a file that nobody
     * else may read.
     *
     * @throws IOException if the file cannot be written; there is no user then
     */
    public void makeIfNeeded() throws IOException {
        if (!database.statement(users::isEmpty)) {
            return;
        }
        Secret password = password();
        String hash = passwords.hash(password);
        try {
            if (database.transaction(tx -> make(tx, password, hash))) {
                rules.committed();
                LOG.log(Level.WARNING, () -> "there were no users: the password of the new user " + name + " is in "
                        + folder.resolve(FILE).toAbsolutePath() + "; change it, and delete the file");
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private boolean make(Transaction tx, Secret password, String hash) throws SQLException {
        if (!users.insertFirst(tx, name, hash)) {
            return false;
        }
        audit.record(tx, AuditEvent.of("user.create", Actor.REGISTRY, name.value(), "the first one"));
        Subject subject = new Subject(Subject.Kind.USER, name.value());
        // Whatever rules there are for the name, from the time of another user who was called so.
        rules.removeAll(tx, Actor.REGISTRY, subject);
        rules.add(tx, Actor.REGISTRY, new Rule(subject, new Grant(RepositoryPattern.ALL, Set.of(Action.ADMIN))));
        // Before the commit: nobody could log in if it came to nothing afterwards.
        leave(password);
        return true;
    }

    private static Secret password() {
        return Secret.of(new SecureRandom().ints(LENGTH, 0, SIGNS.length())
                .mapToObj(i -> SIGNS.substring(i, i + 1))
                .collect(Collectors.joining()));
    }

    private void leave(Secret password) {
        try {
            Files.createDirectories(folder);
            // For its owner alone from the beginning, on all systems that can do that.
            Path part = Files.createTempFile(folder, FILE, ".part");
            byte[] line = (password.reveal() + '\n').getBytes(StandardCharsets.US_ASCII);
            try {
                Files.write(part, line, StandardOpenOption.SYNC);
                Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
