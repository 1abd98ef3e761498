package io.parley.media.transport.srtp;

import io.parley.media.rtp.memory.Bytes;
import io.parley.media.transport.srtp.Crypto.Authenticator;
import io.parley.media.transport.srtp.Crypto.Keystream;
import io.parley.media.transport.srtp.SrtpKeys.Use;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** AES_CM_128_HMAC_SHA1_80 (RFC 3711): encrypted, then authenticated; the tag is the last, behind the RTCP index. */
final class CounterModeCipher implements SrtpCipher {
    private static final int TAG = 10;
    private static final int RTCP_HEADER = 8;
    private static final int INDEX = 4;
    private static final int ENCRYPTED = 0x8000_0000;

    private final Half rtp;
    private final Half rtcp;

    CounterModeCipher(Half rtp, Half rtcp) {
        this.rtp = rtp;
        this.rtcp = rtcp;
    }

    /** The keys of RTP or of RTCP. */
    record Half(Keystream keystream, Authenticator authenticator, long saltHigh, long saltLow) {
        static Half of(SrtpKeys keys, Use use, Crypto crypto) {
            byte[] padded = Arrays.copyOf(keys.salt(use), 16);
            var salt = MemorySegment.ofArray(padded);
            return new Half(
                    crypto.counter(keys.encryption(use)),
                    crypto.hmac(keys.authentication(use)),
                    Bytes.i64(salt, 0),
                    Bytes.i64(salt, 8));
        }

        /** The first counter block: salt · 2^16, SSRC · 2^64 and index · 2^16, xored (RFC 3711 section 4.1.1). */
        void apply(int ssrc, long index, MemorySegment memory, int at, int bytes) {
            Bytes.put64(keystream.counter(), 0, saltHigh ^ Integer.toUnsignedLong(ssrc));
            Bytes.put64(keystream.counter(), 8, saltLow ^ index << 16);
            keystream.apply(memory, at, bytes);
        }

        void close() {
            keystream.close();
            authenticator.close();
        }
    }

    @Override
    public int sealRtp(MemorySegment memory, int at, int header, int length, long index) {
        rtp.apply(Bytes.i32(memory, at + 8), index, memory, at + header, length - header);
        var tag = rtp.authenticator.sign(memory, at, length, true, (int) (index >>> 16));
        Bytes.copy(tag, 0, memory, at + length, TAG);
        return length + TAG;
    }

    @Override
    public int openRtp(MemorySegment memory, int at, int header, int length, long index) {
        int clear = length - TAG;
        if (clear < header) {
            return INAUTHENTIC;
        }
        var tag = rtp.authenticator.sign(memory, at, clear, true, (int) (index >>> 16));
        if (!sameTag(tag, memory, at + clear)) {
            return INAUTHENTIC;
        }
        rtp.apply(Bytes.i32(memory, at + 8), index, memory, at + header, clear - header);
        return clear;
    }

    @Override
    public int sealRtcp(MemorySegment memory, int at, int length, int index) {
        rtcp.apply(Bytes.i32(memory, at + 4), index, memory, at + RTCP_HEADER, length - RTCP_HEADER);
        Bytes.put32(memory, at + length, index | ENCRYPTED);
        var tag = rtcp.authenticator.sign(memory, at, length + INDEX, false, 0);
        Bytes.copy(tag, 0, memory, at + length + INDEX, TAG);
        return length + INDEX + TAG;
    }

    @Override
    public int rtcpIndex(MemorySegment memory, int at, int length) {
        if (length < RTCP_HEADER + INDEX + TAG) {
            return -1;
        }
        int word = Bytes.i32(memory, at + length - TAG - INDEX);
        return word < 0 ? word & ~ENCRYPTED : -1;
    }

    @Override
    public int openRtcp(MemorySegment memory, int at, int length, int index) {
        int signed = length - TAG;
        if (!sameTag(rtcp.authenticator.sign(memory, at, signed, false, 0), memory, at + signed)) {
            return INAUTHENTIC;
        }
        int clear = signed - INDEX;
        rtcp.apply(Bytes.i32(memory, at + 4), index, memory, at + RTCP_HEADER, clear - RTCP_HEADER);
        return clear;
    }

    /** Compares all bytes, so that time tells nothing. */
    private static boolean sameTag(MemorySegment computed, MemorySegment memory, int at) {
        int difference = 0;
        for (int i = 0; i < TAG; i++) {
            difference |= Bytes.u8(computed, i) ^ Bytes.u8(memory, at + i);
        }
        return difference == 0;
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
