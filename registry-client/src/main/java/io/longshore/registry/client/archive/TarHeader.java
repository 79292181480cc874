package io.longshore.registry.client.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The block before each entry of a tar file (POSIX.1-1988, "ustar", and GNU's numbers of base 256).
 *
 * @param type what follows, such as {@link #FILE}
 * @param sizeBytes of what follows, without the padding; 0 or more
 * @param target of a link
 */
record TarHeader(String name, char type, long sizeBytes, String target) {
    static final int BLOCK_BYTES = 512;
    static final int LONGEST_NAME = 100;

    static final char FILE = '0';
    static final char HARD_LINK = '1';
    static final char SYMBOLIC_LINK = '2';
    static final char PAX = 'x';
    static final char GNU_NAME = 'L';
    static final char GNU_TARGET = 'K';

    private static final int SIZE = 124;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int TARGET = 157;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int PREFIX_BYTES = 155;
    private static final int NUMBER_BYTES = 12;
    private static final long MOST_OCTAL = 077777777777L;

    /**
     * Reads a block; empty if it is one of those that end the archive.
     *
     * @throws IOException if it is no header
     */
    static Optional<TarHeader> parse(byte[] block) throws IOException {
        if (isEmpty(block)) {
            return Optional.empty();
        }
        if (octal(block, CHECKSUM, 8) != checksum(block)) {
            throw new IOException("no tar archive, or a broken one");
        }
        String name = text(block, 0, LONGEST_NAME);
        boolean isUstar = text(block, MAGIC, 6).equals("ustar");
        String prefix = isUstar ? text(block, PREFIX, PREFIX_BYTES) : "";
        char type = block[TYPE] == 0 || block[TYPE] == '7' ? FILE : (char) (block[TYPE] & 0xff);
        return Optional.of(new TarHeader(
                prefix.isEmpty() ? name : prefix + '/' + name, type, number(block, SIZE),
                text(block, TARGET, LONGEST_NAME)));
    }

    private static boolean isEmpty(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static long checksum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK_BYTES; i++) {
            sum += i >= CHECKSUM && i < TYPE ? ' ' : block[i] & 0xff;
        }
        return sum;
    }

    private static String text(byte[] block, int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return new String(block, offset, end - offset, StandardCharsets.UTF_8);
    }

    private static long number(byte[] block, int offset) throws IOException {
        if (block[offset] >= 0) {
            return octal(block, offset, NUMBER_BYTES);
        }
        // Base 256, of which the first bit is the mark and the next one the sign.
        long value = block[offset] & 0x7f;
        for (int i = offset + 1; i < offset + NUMBER_BYTES; i++) {
            if (value > Long.MAX_VALUE >> 8) {
                throw new IOException("the tar archive has an entry of impossible size");
            }
            value = value << 8 | block[i] & 0xff;
        }
        return value;
    }

    private static long octal(byte[] block, int offset, int length) throws IOException {
        String digits = text(block, offset, length).trim();
        try {
            return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("no tar archive, or a broken one", e);
        }
    }

    /**
     * The block before a file, or before records about the next one. The time is that of the beginning, so that the
     * same content makes the same archive.
     *
     * @param name at most {@value #LONGEST_NAME} bytes
     */
    static byte[] write(String name, char type, long sizeBytes) {
        byte[] block = new byte[BLOCK_BYTES];
        put(block, 0, name);
        put(block, 100, "0000644\0");
        put(block, 108, "0000000\0");
        put(block, 116, "0000000\0");
        putSize(block, sizeBytes);
        put(block, 136, "00000000000\0");
        block[TYPE] = (byte) type;
        put(block, MAGIC, sizeBytes > MOST_OCTAL ? "ustar  \0" : "ustar\00000");
        put(block, CHECKSUM, String.format("%06o\0 ", checksum(block)));
        return block;
    }

    private static void putSize(byte[] block, long sizeBytes) {
        if (sizeBytes <= MOST_OCTAL) {
            put(block, SIZE, String.format("%011o\0", sizeBytes));
            return;
        }
        Arrays.fill(block, SIZE, SIZE + NUMBER_BYTES, (byte) 0);
        block[SIZE] = (byte) 0x80;
        for (int i = 0; i < Long.BYTES; i++) {
            block[SIZE + NUMBER_BYTES - 1 - i] = (byte) (sizeBytes >>> 8 * i);
        }
    }

    private static void put(byte[] block, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }

    /** What follows up to the next header, padding included. */
    static long paddedBytes(long sizeBytes) {
        return Math.addExact(sizeBytes, BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }
}
