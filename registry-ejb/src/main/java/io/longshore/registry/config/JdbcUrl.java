package io.longshore.registry.config;

import java.util.regex.Pattern;

/**
 * The JDBC URL of a PostgreSQL database. It may hold a password among its parameters, so its printed form stops where
 * they begin.
 */
public final class JdbcUrl {
    private static final String PREFIX = "jdbc:postgresql:";
    private static final Pattern GRAMMAR = Pattern.compile(PREFIX + "[^\\s\\p{Cntrl}@?]+(?:\\?[^\\s\\p{Cntrl}]*)?");

    private final String text;

    private JdbcUrl(String text) {
        this.text = text;
    }

    /**
     * @throws IllegalArgumentException if it is no such URL or names a user before the host, which the driver does not
     *     understand; the message does not hold the text
     */
    public static JdbcUrl parse(String text) {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException("expected " + PREFIX + "//host:port/database, with user and password in"
                    + " database.user and database.password");
        }
        return new JdbcUrl(text);
    }

    /** The URL as the JDBC driver takes it, with all its parameters. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JdbcUrl url && text.equals(url.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        int parameters = text.indexOf('?');
        return parameters < 0 ? text : text.substring(0, parameters) + "?***";
    }
}
