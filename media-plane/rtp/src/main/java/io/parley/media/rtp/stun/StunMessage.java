package io.parley.media.rtp.stun;

import io.parley.media.rtp.Limits;
import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32;

/**
 * One STUN message (RFC 8489 section 5): {@link #parse} checks header and attributes, then they are found by type. A
 * flyweight of one owner.
 */
public final class StunMessage {
    private static final int ATTRIBUTE_HEADER = 4;

    private final int[] types = new int[Limits.STUN_ATTRIBUTES];
    private final int[] positions = new int[Limits.STUN_ATTRIBUTES];
    private final int[] lengths = new int[Limits.STUN_ATTRIBUTES];
    private final byte[] scratch = new byte[Limits.STUN_MESSAGE_BYTES];
    private final byte[] mac = new byte[StunType.INTEGRITY_BYTES];
    private final CRC32 crc = new CRC32();
    private MemorySegment memory = MemorySegment.NULL;
    private int offset;
    private int count;
    private int unknownCount;

    /**
     * Points here and checks cookie, length and attributes (RFC 8489 sections 6.3 and 14). Attributes behind the
     * integrity, other than its SHA-256 twin and the fingerprint, are passed over (section 14.5); a fingerprint must be
     * the last (section 14.7).
     */
    public boolean parse(MemorySegment source, int at, int bytes) {
        memory = source;
        offset = at;
        count = 0;
        unknownCount = 0;
        boolean sized = bytes >= StunType.HEADER && bytes <= Limits.STUN_MESSAGE_BYTES && bytes % 4 == 0;
        if (!sized || Bytes.u16(source, at) > 0x3fff || Bytes.i32(source, at + 4) != StunType.MAGIC_COOKIE) {
            return false;
        }
        return Bytes.u16(source, at + 2) == bytes - StunType.HEADER && scan(at + StunType.HEADER, at + bytes);
    }

    private boolean scan(int start, int end) {
        int at = start;
        boolean signed = false;
        while (at < end) {
            // The whole is a multiple of 4, so there is room for this header.
            int type = Bytes.u16(memory, at);
            int length = Bytes.u16(memory, at + 2);
            int next = at + ATTRIBUTE_HEADER + ((length + 3) & ~3);
            if (next > end) {
                return false;
            }
            boolean closing = type == StunType.FINGERPRINT || type == StunType.MESSAGE_INTEGRITY_SHA256;
            if (type == StunType.FINGERPRINT && (length != 4 || next != end)) {
                return false;
            }
            if ((!signed || closing) && !add(type, at + ATTRIBUTE_HEADER, length)) {
                return false;
            }
            if (type == StunType.MESSAGE_INTEGRITY) {
                if (length != StunType.INTEGRITY_BYTES) {
                    return false;
                }
                signed = true;
            }
            at = next;
        }
        return true;
    }

    private boolean add(int type, int at, int length) {
        if (count == Limits.STUN_ATTRIBUTES) {
            return false;
        }
        types[count] = type;
        positions[count] = at;
        lengths[count] = length;
        count++;
        if (StunType.isUnknownAndRequired(type)) {
            unknownCount++;
        }
        return true;
    }

    /** Method and class as they are sent: one of {@link StunType} or any other (RFC 8489 section 5). */
    public int type() {
        return Bytes.u16(memory, offset);
    }

    /** Whether this asks for a response (RFC 8489 section 5). */
    public boolean isRequest() {
        return (type() & 0x0110) == 0;
    }

    public MemorySegment memory() {
        return memory;
    }

    /** Where the 12 bytes of the transaction id begin (RFC 8489 section 5). */
    public int transactionAt() {
        return offset + 8;
    }

    /** How many attributes there are (RFC 8489 section 14). */
    public int count() {
        return count;
    }

    /** The type of an attribute (RFC 8489 section 14). */
    public int attributeType(int index) {
        return types[index];
    }

    /** Where an attribute's value begins (RFC 8489 section 14). */
    public int at(int index) {
        return positions[index];
    }

    /** Bytes of an attribute's value without padding (RFC 8489 section 14). */
    public int length(int index) {
        return lengths[index];
    }

    /** The index of the first attribute of {@code type}, the one that counts, or -1 (RFC 8489 section 14). */
    public int find(int type) {
        for (int i = 0; i < count; i++) {
            if (types[i] == type) {
                return i;
            }
        }
        return -1;
    }

    /** Where the value of {@code type} begins if it has exactly {@code bytes} bytes, else -1 (RFC 8489 section 14). */
    public int find(int type, int bytes) {
        int index = find(type);
        return index >= 0 && lengths[index] == bytes ? positions[index] : -1;
    }

    /**
     * How many attributes must be understood and are not: such a request is answered with 420 (RFC 8489 section 6.3.1).
     */
    public int unknownCount() {
        return unknownCount;
    }

    /** PRIORITY, or -1 when there is none (RFC 8445 section 7.1.1). */
    public long priority() {
        int at = find(StunType.PRIORITY, 4);
        return at < 0 ? -1 : Bytes.u32(memory, at);
    }

    /** Whether USE-CANDIDATE is there (RFC 8445 section 7.1.2). */
    public boolean usesCandidate() {
        return find(StunType.USE_CANDIDATE) >= 0;
    }

    /** The code of an error response, 300 to 699, or -1 (RFC 8489 section 14.8). */
    public int errorCode() {
        int index = find(StunType.ERROR_CODE);
        if (index < 0 || lengths[index] < 4) {
            return -1;
        }
        int hundreds = Bytes.u8(memory, positions[index] + 2) & 7;
        int rest = Bytes.u8(memory, positions[index] + 3);
        return hundreds >= 3 && hundreds <= 6 && rest < 100 ? hundreds * 100 + rest : -1;
    }

    /**
     * Reads the address of an XOR-MAPPED-ADDRESS or an attribute of the same form into {@code ip} (16 bytes) and
     * returns how many bytes it has, 4 or 16, or -1 when it is malformed (RFC 8489 section 14.2).
     */
    public int xorAddress(int index, byte[] ip) {
        int at = positions[index];
        int bytes = lengths[index] == 8 ? 4 : 16;
        boolean shaped = lengths[index] == 8 || lengths[index] == 20;
        if (!shaped || Bytes.u8(memory, at + 1) != (bytes == 4 ? 1 : 2)) {
            return -1;
        }
        for (int i = 0; i < bytes; i++) {
            // Cookie and transaction id, one behind the other in the header, are the mask.
            ip[i] = (byte) (Bytes.u8(memory, at + 4 + i) ^ Bytes.u8(memory, offset + 4 + i));
        }
        return bytes;
    }

    /** The port of an attribute that {@link #xorAddress} has read (RFC 8489 section 14.2). */
    public int xorPort(int index) {
        return Bytes.u16(memory, positions[index] + 2) ^ (StunType.MAGIC_COOKIE >>> 16);
    }

    /** Whether there is a fingerprint and it is right (RFC 8489 section 14.7). */
    public boolean hasValidFingerprint() {
        int at = find(StunType.FINGERPRINT, 4);
        if (at < 0) {
            return false;
        }
        int covered = prefix(at, 4);
        crc.reset();
        crc.update(scratch, 0, covered);
        return Bytes.i32(memory, at) == ((int) crc.getValue() ^ StunType.FINGERPRINT_MASK);
    }

    /** Whether there is a MESSAGE-INTEGRITY and it is right under {@code hmac}'s key (RFC 8489 section 14.5). */
    public boolean hasValidIntegrity(StunHmac hmac) {
        int at = find(StunType.MESSAGE_INTEGRITY, StunType.INTEGRITY_BYTES);
        if (at < 0) {
            return false;
        }
        hmac.sign(scratch, prefix(at, StunType.INTEGRITY_BYTES), mac);
        int difference = 0;
        for (int i = 0; i < StunType.INTEGRITY_BYTES; i++) {
            difference |= (mac[i] & 0xff) ^ Bytes.u8(memory, at + i);
        }
        return difference == 0; // all bytes are compared, so time tells nothing
    }

    /**
     * Copies what is in front of the attribute with the value at {@code valueAt}, its length as if it were the last.
     */
    private int prefix(int valueAt, int valueLength) {
        int covered = valueAt - ATTRIBUTE_HEADER - offset;
        Bytes.copy(memory, offset, scratch, covered);
        int stated = covered + ATTRIBUTE_HEADER + valueLength - StunType.HEADER;
        scratch[2] = (byte) (stated >> 8);
        scratch[3] = (byte) stated;
        return covered;
    }
}
