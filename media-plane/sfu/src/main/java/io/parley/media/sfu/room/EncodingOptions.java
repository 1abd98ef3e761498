package io.parley.media.sfu.room;

/**
 * One encoding of a publication as the offer announces it; what it does not say is found out from packets.
 *
 * @param rid the RTP stream id (RFC 8851), empty when there is only one encoding
 * @param ssrc 0 when the offer does not say it
 * @param repairSsrc of its RTX, 0 when the offer does not say it
 */
public record EncodingOptions(String rid, int ssrc, int repairSsrc) {
    /** An encoding that says itself in packets which one it is. */
    public static EncodingOptions rid(String rid) {
        return new EncodingOptions(rid, 0, 0);
    }
}
