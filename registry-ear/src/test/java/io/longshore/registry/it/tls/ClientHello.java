package io.longshore.registry.it.tls;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The beginning of a handshake as clients began it that know nothing newer than this version of TLS. */
final class ClientHello {
    private static final int TLS_1_1 = 0x0302;
    private static final int TLS_1_2 = 0x0303;
    /** TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256. */
    private static final byte[] SUITES = HexFormat.of().parseHex("c009c02b");
    /** The groups secp256r1 and secp384r1; points that are not compressed; ECDSA and SHA-256. */
    private static final byte[] EXTENSIONS =
            HexFormat.of().parseHex("000a00060004" + "00170018" + "000b00020100" + "000d000400020403");
    private static final int PATIENCE_MILLIS = 60_000;

    /** What the server says first. */
    record Answer(int recordType, int alert) {
        private static final int ALERT = 21;
        private static final int HANDSHAKE = 22;
        private static final int PROTOCOL_VERSION = 70;

        boolean goesOn() {
            return recordType == HANDSHAKE;
        }

        boolean refusesTheVersion() {
            return recordType == ALERT && alert == PROTOCOL_VERSION;
        }
    }

    private ClientHello() {}

    static Answer tls11(URI server) throws IOException {
        return send(server, TLS_1_1);
    }

    static Answer tls12(URI server) throws IOException {
        return send(server, TLS_1_2);
    }

    private static Answer send(URI server, int version) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(record(hello(version)));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int type = in.readUnsignedByte();
            in.readUnsignedShort();
            byte[] content = new byte[in.readUnsignedShort()];
            in.readFully(content);
            return new Answer(type, content[1]);
        }
    }

    private static byte[] record(byte[] hello) {
        return ByteBuffer.allocate(5 + 4 + hello.length)
                .put((byte) 22).putShort((short) 0x0301).putShort((short) (4 + hello.length))
                .put((byte) 1).put((byte) 0).putShort((short) hello.length)
                .put(hello).array();
    }

    private static byte[] hello(int version) {
        byte[] random = new byte[32];
        return ByteBuffer.allocate(2 + random.length + 1 + 2 + SUITES.length + 2 + 2 + EXTENSIONS.length)
                .putShort((short) version).put(random).put((byte) 0)
                .putShort((short) SUITES.length).put(SUITES)
                .put((byte) 1).put((byte) 0)
                .putShort((short) EXTENSIONS.length).put(EXTENSIONS).array();
    }
}
