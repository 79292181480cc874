package io.longshore.registry.launcher.tls;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Puts private keys of the older forms into PKCS#8, the only one that the JDK reads: the same key, behind the name of
 * its algorithm.
 */
final class Der {
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    /** Field 0 of a structure. */
    private static final int CURVE = 0xA0;
    /** The integer 0. */
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    /** The sequence of 1.2.840.113549.1.1.1 and null. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    /** 1.2.840.10045.2.1. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private Der() {}

    /** An {@code RSAPrivateKey} of RFC 8017 (PKCS#1). */
    static byte[] fromPkcs1(byte[] key) {
        return element(SEQUENCE, VERSION, RSA, element(OCTET_STRING, key));
    }

    /**
     * An {@code ECPrivateKey} of RFC 5915 (SEC 1).
     *
     * @throws IllegalArgumentException if it is none, or does not name its curve
     */
    static byte[] fromSec1(byte[] key) {
        return element(SEQUENCE, VERSION, element(SEQUENCE, EC, curve(key)), element(OCTET_STRING, key));
    }

    private static byte[] curve(byte[] key) {
        try {
            ByteBuffer fields = enter(ByteBuffer.wrap(key), SEQUENCE);
            enter(fields, INTEGER);
            enter(fields, OCTET_STRING);
            if (!fields.hasRemaining() || (fields.get(fields.position()) & 0xFF) != CURVE) {
                throw new IllegalArgumentException("it does not name its curve");
            }
            ByteBuffer curve = enter(fields, CURVE);
            byte[] name = new byte[curve.remaining()];
            curve.get(name);
            return name;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("it ends too early", e);
        }
    }

    /** The content of the next element, which must have this tag; what encloses it goes on behind it. */
    private static ByteBuffer enter(ByteBuffer from, int tag) {
        if ((from.get() & 0xFF) != tag) {
            throw new IllegalArgumentException("it is not made of what it should be made of");
        }
        int length = from.get() & 0xFF;
        if (length >= 0x80) {
            int octets = length & 0x7F;
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = length << 8 | from.get() & 0xFF;
            }
        }
        if (length < 0 || length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer content = from.slice(from.position(), length);
        from.position(from.position() + length);
        return content;
    }

    private static byte[] element(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : contents) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        writeLength(content.size(), element);
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    private static void writeLength(int length, ByteArrayOutputStream to) {
        if (length < 0x80) {
            to.write(length);
            return;
        }
        int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + Byte.SIZE - 1) / Byte.SIZE;
        to.write(0x80 | octets);
        for (int i = octets - 1; i >= 0; i--) {
            to.write(length >> i * Byte.SIZE);
        }
    }
}
