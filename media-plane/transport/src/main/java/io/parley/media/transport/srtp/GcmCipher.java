package io.parley.media.transport.srtp;

import io.parley.media.rtp.memory.Bytes;
import io.parley.media.transport.srtp.Crypto.Aead;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** AEAD_AES_128_GCM (RFC 7714): the tag lies behind the ciphertext, the RTCP index behind the tag. */
final class GcmCipher implements SrtpCipher {
    private static final int TAG = 16;
    private static final int RTCP_HEADER = 8;
    private static final int INDEX = 4;
    private static final int ENCRYPTED = 0x8000_0000;

    private final Aead rtp;
    private final Aead rtcp;
    private final long rtpSaltHigh;
    private final int rtpSaltLow;
    private final long rtcpSaltHigh;
    private final int rtcpSaltLow;

    /** RTCP's associated data is the header and, from behind the tag, the index (RFC 7714 section 9.3). */
    private final MemorySegment associated = Arena.ofAuto().allocate(RTCP_HEADER + INDEX);

    GcmCipher(Aead rtp, byte[] rtpSalt, Aead rtcp, byte[] rtcpSalt) {
        this.rtp = rtp;
        this.rtcp = rtcp;
        var salt = MemorySegment.ofArray(rtpSalt);
        rtpSaltHigh = Bytes.i64(salt, 0);
        rtpSaltLow = Bytes.i32(salt, 8);
        salt = MemorySegment.ofArray(rtcpSalt);
        rtcpSaltHigh = Bytes.i64(salt, 0);
        rtcpSaltLow = Bytes.i32(salt, 8);
    }

    @Override
    public int sealRtp(MemorySegment memory, int at, int header, int length, long index) {
        rtpNonce(Bytes.i32(memory, at + 8), index);
        rtp.seal(memory, at, header, memory, at + header, length - header);
        return length + TAG;
    }

    @Override
    public int openRtp(MemorySegment memory, int at, int header, int length, long index) {
        int body = length - header - TAG;
        if (body < 0) {
            return INAUTHENTIC;
        }
        rtpNonce(Bytes.i32(memory, at + 8), index);
        return rtp.open(memory, at, header, memory, at + header, body) ? header + body : INAUTHENTIC;
    }

    /** Two zero bytes, SSRC, rollover counter, sequence number; all under the salt (RFC 7714 section 8.1). */
    private void rtpNonce(int ssrc, long index) {
        long high = Integer.toUnsignedLong(ssrc) << 16 | index >>> 32;
        Bytes.put64(rtp.nonce(), 0, high ^ rtpSaltHigh);
        Bytes.put32(rtp.nonce(), 8, (int) index ^ rtpSaltLow);
    }

    @Override
    public int sealRtcp(MemorySegment memory, int at, int length, int index) {
        associate(memory, at, index);
        rtcp.seal(associated, 0, RTCP_HEADER + INDEX, memory, at + RTCP_HEADER, length - RTCP_HEADER);
        Bytes.put32(memory, at + length + TAG, index | ENCRYPTED);
        return length + TAG + INDEX;
    }

    @Override
    public int rtcpIndex(MemorySegment memory, int at, int length) {
        if (length < RTCP_HEADER + TAG + INDEX) {
            return -1;
        }
        int word = Bytes.i32(memory, at + length - INDEX);
        return word < 0 ? word & ~ENCRYPTED : -1;
    }

    @Override
    public int openRtcp(MemorySegment memory, int at, int length, int index) {
        associate(memory, at, index);
        int body = length - RTCP_HEADER - TAG - INDEX;
        boolean opened = rtcp.open(associated, 0, RTCP_HEADER + INDEX, memory, at + RTCP_HEADER, body);
        return opened ? RTCP_HEADER + body : INAUTHENTIC;
    }

    /** Two zero bytes, SSRC, two zero bytes, index; all under the salt (RFC 7714 section 9.1). */
    private void associate(MemorySegment memory, int at, int index) {
        Bytes.copy(memory, at, associated, 0, RTCP_HEADER);
        Bytes.put32(associated, RTCP_HEADER, index | ENCRYPTED);
        long ssrc = Bytes.u32(memory, at + 4);
        Bytes.put64(rtcp.nonce(), 0, ssrc << 16 ^ rtcpSaltHigh);
        Bytes.put32(rtcp.nonce(), 8, index ^ rtcpSaltLow);
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
