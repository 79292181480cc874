package io.longshore.registry.client.tool;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.function.IntFunction;

/** Texts of others, made so that they cannot steer the terminal that they are printed on. */
final class HarmlessText {
    private HarmlessText() {}

    /** In one line, with a question mark for each character that steers. */
    static String line(String text) {
        return replaced(text, c -> steers(c) ? "?" : Character.toString(c));
    }

    /** The same with its lines, and what they are moved in by. */
    static String lines(String text) {
        return replaced(text, c -> steers(c) && c != '\n' && c != '\t' ? "?" : Character.toString(c));
    }

    private static String replaced(String text, IntFunction<String> replacement) {
        return text.codePoints()
                .mapToObj(replacement)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }

    private static boolean steers(int c) {
        return Character.isISOControl(c) || isDirection(c);
    }

    /** Marks that make text appear in another order than it is. */
    private static boolean isDirection(int c) {
        return c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }

    /** Writes them in JSON by their numbers: its own rules leave those above 127 as they are. */
    static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        private static final int DELETE = 0x7f;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] escapes = standardAsciiEscapesForJSON();
            escapes[DELETE] = ESCAPE_STANDARD;
            return escapes;
        }

        @Override
        public SerializableString getEscapeSequence(int c) {
            return steers(c) ? new SerializedString(String.format("\\u%04x", c)) : null;
        }
    }
}
