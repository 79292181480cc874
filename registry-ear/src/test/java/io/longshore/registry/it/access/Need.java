package io.longshore.registry.it.access;

/** What an operation needs: the columns of the {@linkplain AccessMatrix matrix}. */
enum Need {
    PULL("pull", "repository:%s:pull", "repository:%s:push,delete"),
    PUSH("pull,push", "repository:%s:pull,push", "repository:%s:pull,delete"),
    DELETE("delete", "repository:%s:delete", "repository:%s:pull,push"),
    /** To have signed in, in whichever way. */
    SIGN_IN("", "", "repository:%s:pull"),
    /** To list repositories. */
    CATALOG("", "registry:catalog:*", "repository:%s:pull,push,delete"),
    /** A token may be asked for by everybody, with a password or with nothing. */
    TOKEN("", "", ""),
    /** What everybody may see. */
    KEYS("", "", "");

    private final String actions;
    private final String tokenScope;
    private final String otherScope;

    Need(String actions, String tokenScope, String otherScope) {
        this.actions = actions;
        this.tokenScope = tokenScope;
        this.otherScope = otherScope;
    }

    /** What the challenge says that a token has to be good for. */
    String challengedScope(String repository) {
        if (this == CATALOG) {
            return tokenScope;
        }
        return actions.isEmpty() ? "" : "repository:" + repository + ':' + actions;
    }

    /** What a token is asked for that is good for this and nothing else. */
    String tokenScope(String repository) {
        return tokenScope.formatted(repository);
    }

    /** What a token is asked for that is not good for this. */
    String otherScope(String repository) {
        return otherScope.formatted(repository);
    }
}
