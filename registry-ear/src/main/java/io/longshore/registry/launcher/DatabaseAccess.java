package io.longshore.registry.launcher;

/**
 * How the application reaches its database. Handed over as system properties, set from inside so that no process list
 * shows the password.
 *
 * @param url a JDBC URL
 * @param user the role that owns the database
 * @param password of that role
 */
record DatabaseAccess(String url, String user, String password) {

    void publish() {
        System.setProperty("registry.database.url", url);
        System.setProperty("registry.database.user", user);
        System.setProperty("registry.database.password", password);
    }

    @Override
    public String toString() {
        return user + "@" + url;
    }
}
