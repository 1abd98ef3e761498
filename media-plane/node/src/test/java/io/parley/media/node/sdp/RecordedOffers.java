package io.parley.media.node.sdp;

/** Recorded offers for tests of other packages. */
public final class RecordedOffers {
    private RecordedOffers() {}

    public static String pion() {
        return Offers.read("pion");
    }
}
