package io.parley.media.rtp.stun;

import io.parley.media.rtp.Limits;
import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32;

/**
 * Writes one STUN message (RFC 8489 section 5): {@link #begin} or {@link #answer}, attributes, integrity, fingerprint,
 * {@link #finish}. What does not fit is remembered and makes {@code finish} answer -1. One owner.
 */
public final class StunWriter {
    private static final int ATTRIBUTE_HEADER = 4;
    private static final int TRANSACTION_BYTES = 12;

    private final byte[] scratch = new byte[Limits.STUN_MESSAGE_BYTES];
    private final byte[] mac = new byte[StunType.INTEGRITY_BYTES];
    private final CRC32 crc = new CRC32();
    private MemorySegment memory = MemorySegment.NULL;
    private int start;
    private int position;
    private int end;
    private boolean overrun;

    /** Begins a message with a transaction id of 12 bytes (RFC 8489 section 5). */
    public StunWriter begin(MemorySegment target, int at, int capacity, int type, byte[] transactionId) {
        header(target, at, capacity, type);
        if (!overrun) {
            Bytes.copy(transactionId, memory, start + 8, TRANSACTION_BYTES);
        }
        return this;
    }

    /** Begins the answer to {@code request}, with its transaction id (RFC 8489 section 6.3.1). */
    public StunWriter answer(StunMessage request, MemorySegment target, int at, int capacity, int type) {
        header(target, at, capacity, type);
        if (!overrun) {
            Bytes.copy(request.memory(), request.transactionAt(), memory, start + 8, TRANSACTION_BYTES);
        }
        return this;
    }

    private void header(MemorySegment target, int at, int capacity, int type) {
        memory = target;
        start = at;
        position = at + StunType.HEADER;
        end = at + Math.min(capacity, Limits.STUN_MESSAGE_BYTES);
        overrun = position > end;
        if (!overrun) {
            Bytes.put16(memory, start, type);
            Bytes.put32(memory, start + 4, StunType.MAGIC_COOKIE);
        }
    }

    /** Adds an attribute with a value of bytes, padded to a word (RFC 8489 section 14). */
    public StunWriter attribute(int type, byte[] value) {
        int at = reserve(type, value.length);
        if (at >= 0) {
            Bytes.copy(value, memory, at, value.length);
        }
        return this;
    }

    /** Adds an attribute without a value, such as USE-CANDIDATE (RFC 8445 section 7.1.2). */
    public StunWriter flag(int type) {
        reserve(type, 0);
        return this;
    }

    /** Adds an attribute of 32 bits, such as PRIORITY (RFC 8445 section 7.1.1). */
    public StunWriter number(int type, int value) {
        int at = reserve(type, 4);
        if (at >= 0) {
            Bytes.put32(memory, at, value);
        }
        return this;
    }

    /** Adds an attribute of 64 bits, such as ICE-CONTROLLING (RFC 8445 section 7.1.3). */
    public StunWriter tieBreaker(int type, long value) {
        int at = reserve(type, 8);
        if (at >= 0) {
            Bytes.put64(memory, at, value);
        }
        return this;
    }

    /** Adds an address, of the first {@code bytes} (4 or 16) of {@code ip}, under the mask (RFC 8489 section 14.2). */
    public StunWriter xorAddress(int type, byte[] ip, int bytes, int port) {
        int at = reserve(type, 4 + bytes);
        if (at < 0) {
            return this;
        }
        Bytes.put16(memory, at, bytes == 4 ? 1 : 2);
        Bytes.put16(memory, at + 2, port ^ (StunType.MAGIC_COOKIE >>> 16));
        for (int i = 0; i < bytes; i++) {
            Bytes.put8(memory, at + 4 + i, ip[i] ^ Bytes.u8(memory, start + 4 + i));
        }
        return this;
    }

    /** Adds ERROR-CODE without a reason phrase, which only people would read (RFC 8489 section 14.8). */
    public StunWriter errorCode(int code) {
        return number(StunType.ERROR_CODE, ((code / 100) << 8) | (code % 100));
    }

    /** Adds UNKNOWN-ATTRIBUTES with those of {@code request} that nobody here understands (RFC 8489 section 14.13). */
    public StunWriter unknownAttributes(StunMessage request) {
        int at = reserve(StunType.UNKNOWN_ATTRIBUTES, request.unknownCount() * 2);
        for (int i = 0; at >= 0 && i < request.count(); i++) {
            if (StunType.isUnknownAndRequired(request.attributeType(i))) {
                Bytes.put16(memory, at, request.attributeType(i));
                at += 2;
            }
        }
        return this;
    }

    /** Adds MESSAGE-INTEGRITY over all that was written (RFC 8489 section 14.5). */
    public StunWriter integrity(StunHmac hmac) {
        int covered = position - start;
        int at = reserve(StunType.MESSAGE_INTEGRITY, StunType.INTEGRITY_BYTES);
        if (at >= 0) {
            state();
            Bytes.copy(memory, start, scratch, covered);
            hmac.sign(scratch, covered, mac);
            Bytes.copy(mac, memory, at, StunType.INTEGRITY_BYTES);
        }
        return this;
    }

    /** Adds FINGERPRINT, the last attribute (RFC 8489 section 14.7). */
    public StunWriter fingerprint() {
        int covered = position - start;
        int at = reserve(StunType.FINGERPRINT, 4);
        if (at >= 0) {
            state();
            Bytes.copy(memory, start, scratch, covered);
            crc.reset();
            crc.update(scratch, 0, covered);
            Bytes.put32(memory, at, (int) crc.getValue() ^ StunType.FINGERPRINT_MASK);
        }
        return this;
    }

    /** Ends the message and returns its bytes, or -1 when something did not fit (RFC 8489 section 5). */
    public int finish() {
        if (overrun) {
            return -1;
        }
        state();
        return position - start;
    }

    /** Writes the length as of now: integrity and fingerprint cover it with themselves included. */
    private void state() {
        Bytes.put16(memory, start + 2, position - start - StunType.HEADER);
    }

    private int reserve(int type, int length) {
        int padded = (length + 3) & ~3;
        if (overrun || ATTRIBUTE_HEADER + padded > end - position) {
            overrun = true;
            return -1;
        }
        int at = position + ATTRIBUTE_HEADER;
        Bytes.put16(memory, position, type);
        Bytes.put16(memory, position + 2, length);
        Bytes.clear(memory, at + length, padded - length);
        position = at + padded;
        return at;
    }
}
