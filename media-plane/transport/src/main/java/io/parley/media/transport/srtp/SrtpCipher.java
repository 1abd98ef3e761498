package io.parley.media.transport.srtp;

import io.parley.media.transport.srtp.SrtpKeys.Use;
import java.lang.foreign.MemorySegment;

/**
 * The keys of one direction and the form of its protected packets. Knows nothing of earlier packets: indices come in.
 * Everything happens in place; the memory behind a packet has room for {@link #MOST_ADDED} more bytes.
 */
public interface SrtpCipher extends AutoCloseable {
    /** The most bytes that protection adds to a packet. */
    int MOST_ADDED = 20;

    /** What the open methods answer for a packet that was not protected with these keys. */
    int INAUTHENTIC = -1;

    static SrtpCipher of(SrtpKeys keys, Crypto crypto) {
        return switch (keys.profile()) {
            case AEAD_AES_128_GCM ->
                new GcmCipher(
                        crypto.gcm(keys.encryption(Use.RTP)),
                        keys.salt(Use.RTP),
                        crypto.gcm(keys.encryption(Use.RTCP)),
                        keys.salt(Use.RTCP));
            case AES_CM_128_HMAC_SHA1_80 ->
                new CounterModeCipher(
                        CounterModeCipher.Half.of(keys, Use.RTP, crypto),
                        CounterModeCipher.Half.of(keys, Use.RTCP, crypto));
        };
    }

    /**
     * Protects the RTP packet of {@code length} bytes, {@code header} of which stay clear, and returns its new length.
     *
     * @param index rollover counter and sequence number, 48 bits
     */
    int sealRtp(MemorySegment memory, int at, int header, int length, long index);

    /** Opens an RTP packet: its length without protection, or {@link #INAUTHENTIC}. */
    int openRtp(MemorySegment memory, int at, int header, int length, long index);

    /** Protects a compound RTCP packet under an index of 31 bits and returns its new length. */
    int sealRtcp(MemorySegment memory, int at, int length, int index);

    /** The index a protected RTCP packet states, or -1 if it is too short or not encrypted (RFC 8827 section 6.5). */
    int rtcpIndex(MemorySegment memory, int at, int length);

    /**
     * Opens an RTCP packet whose {@link #rtcpIndex} is known: its length without protection, or {@link #INAUTHENTIC}.
     */
    int openRtcp(MemorySegment memory, int at, int length, int index);

    /** Frees native state. */
    @Override
    void close();
}
