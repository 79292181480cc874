package io.longshore.registry.manifest;

import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;

/** Counts the SHA-256 computations that the current thread begins while this is open. */
final class CountedHashes implements AutoCloseable {
    private static final String NAME = "CountedHashes";
    private static final ThreadLocal<Integer> BEGUN = ThreadLocal.withInitial(() -> 0);

    private final int before = BEGUN.get();

    CountedHashes() {
        Security.insertProviderAt(new Counting(Security.getProvider("SUN")), 1);
    }

    int begun() {
        return BEGUN.get() - before;
    }

    @Override
    public void close() {
        Security.removeProvider(NAME);
    }

    private static final class Counting extends Provider {
        private static final long serialVersionUID = 1L;

        Counting(Provider real) {
            super(NAME, "1", "counts");
            putService(new Service(this, "MessageDigest", "SHA-256", "counted", List.of(), null) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    BEGUN.set(BEGUN.get() + 1);
                    return new Delegating(MessageDigest.getInstance("SHA-256", real));
                }
            });
        }
    }

    private static final class Delegating extends MessageDigestSpi {
        private final MessageDigest real;

        Delegating(MessageDigest real) {
            this.real = real;
        }

        @Override
        protected void engineUpdate(byte input) {
            real.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            real.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            return real.digest();
        }

        @Override
        protected void engineReset() {
            real.reset();
        }
    }
}
