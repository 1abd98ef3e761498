package io.parley.media.sfu.rate;

/** What the delay says about the path: its queue drains, stands, or grows. */
enum Usage {
    UNDER,
    NORMAL,
    OVER
}
