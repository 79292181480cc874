package io.longshore.registry.notification;

/** Is told on each node what becomes of events there, to count it. Thread-safe; takes no time, and throws nothing. */
public interface DeliveryObserver {
    /** Has no interest. */
    DeliveryObserver NONE = new DeliveryObserver() {
        @Override
        public void queued(String endpoint, long events) {}

        @Override
        public void answered(String endpoint, int events, Answer answer) {}
    };

    /** An endpoint is to be told so many events, for the first time or once more by the will of an administrator. */
    void queued(String endpoint, long events);

    /** A request to an endpoint with so many events has ended, well or not. */
    void answered(String endpoint, int events, Answer answer);
}
