package io.parley.media.sfu.room;

/**
 * A fixed place in which a participant receives one stream after the other, as the answer announces it.
 *
 * @param mid of its media section; packets say it where the extension is negotiated
 * @param ssrc of the stream, whoever is in it
 * @param repairSsrc of its RTX, 0 for none
 */
public record SlotOptions(String mid, boolean video, int ssrc, int repairSsrc) {}
