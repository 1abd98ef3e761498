package io.parley.schema;

/** Time, passed in. Wall time dates things for people; elapsed time measures waits and never jumps. */
public interface Clock {
    /** Milliseconds since 1970 UTC; may jump. */
    long wallMillis();

    /** Nanoseconds since some fixed moment of this process; never goes back. */
    long monoNanos();
}
