package io.longshore.registry.launcher;

/**
 * How the application reaches the embedded database. Handed over as system properties, set from inside so that no
 * process list shows the password, which is there only until the application has read it: many a tool prints them.
 *
 * @param url a JDBC URL
 * @param user the role that owns the database
 * @param password of that role
 */
record DatabaseAccess(String url, String user, String password) {

    private static final String PASSWORD = "registry.database.password";

    /** For the application, which is about to start. Nothing of this is configured, or there was no embedded one. */
    void publish() {
        System.setProperty("registry.database.url", url);
        System.setProperty("registry.database.user", user);
        System.setProperty(PASSWORD, password);
    }

    /** Takes the password back, once the application has started. */
    void withdrawPassword() {
        System.clearProperty(PASSWORD);
    }

    @Override
    public String toString() {
        return user + "@" + url;
    }
}
