package io.longshore.registry.web.page;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import java.util.regex.Pattern;

/**
 * A page of a list, as asked for (OCI distribution-spec, "Listing Tags").
 *
 * @param limit most entries; 0 asks for none
 * @param last exclusive start, empty for the beginning
 */
public record Page(int limit, String last) {
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int DIGITS_OF_INT = 9;

    /**
     * @param n null or empty if it was not given
     * @param last null if it was not given
     * @param most entries that a page may have; who asks for more gets these, and a link
     * @throws RegistryException.Invalid {@link ErrorCode#PAGINATION_NUMBER_INVALID}, or {@link ErrorCode#TAG_INVALID}
     *     if last can be no entry of any list
     */
    public static Page parse(String n, String last, int most) {
        if (last != null && last.indexOf('\0') >= 0) {
            throw new RegistryException.Invalid(ErrorCode.TAG_INVALID, "last must be an entry of the list", "");
        }
        return new Page(n == null || n.isEmpty() ? most : Math.min(most, number(n)), last == null ? "" : last);
    }

    private static int number(String n) {
        if (!NUMBER.matcher(n).matches()) {
            throw new RegistryException.Invalid(
                    ErrorCode.PAGINATION_NUMBER_INVALID, "n is a number of entries, 0 or more", "");
        }
        return n.length() > DIGITS_OF_INT ? Integer.MAX_VALUE : Integer.parseInt(n);
    }
}
