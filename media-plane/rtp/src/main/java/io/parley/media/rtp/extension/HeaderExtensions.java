package io.parley.media.rtp.extension;

import io.parley.media.rtp.Limits;
import io.parley.media.rtp.RtpPacket;
import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * The elements of a packet's header extension, one-byte and two-byte form (RFC 8285 sections 4.2 and 4.3). Scanned once
 * by {@link #parse}; then found by id, renumbered and struck out in place. A flyweight of one owner.
 */
public final class HeaderExtensions {
    /** Profile of the one-byte form (RFC 8285 section 4.2). */
    public static final int ONE_BYTE_PROFILE = 0xbede;

    /** Profile of the two-byte form; its low four bits are the application's (RFC 8285 section 4.3). */
    public static final int TWO_BYTE_PROFILE = 0x1000;

    private static final int STOP_ID = 15;

    private final int[] ids = new int[Limits.EXTENSION_ELEMENTS];
    private final int[] positions = new int[Limits.EXTENSION_ELEMENTS];
    private final int[] lengths = new int[Limits.EXTENSION_ELEMENTS];
    private MemorySegment memory = MemorySegment.NULL;
    private int count;
    private boolean twoByte;

    /**
     * Scans the extension of a parsed packet (RFC 8285 section 4). A packet without one, or with one of an unknown
     * profile, has no elements and is well-formed.
     */
    public boolean parse(RtpPacket packet) {
        memory = packet.memory();
        count = 0;
        twoByte = false;
        if (packet.extensionLength() == 0) {
            return true;
        }
        int profile = packet.extensionProfile();
        int at = packet.extensionOffset();
        int end = at + packet.extensionLength();
        if (profile == ONE_BYTE_PROFILE) {
            return scanOneByte(at, end);
        }
        twoByte = (profile & 0xfff0) == TWO_BYTE_PROFILE;
        return !twoByte || scanTwoByte(at, end);
    }

    private boolean scanOneByte(int start, int end) {
        int at = start;
        while (at < end) {
            int head = Bytes.u8(memory, at);
            if (head == 0) {
                at++;
                continue;
            }
            int id = head >> 4;
            int length = (head & 0xf) + 1;
            if (id == 0 || id == STOP_ID) {
                return true; // section 4.2: processing stops here, what came before counts
            }
            if (length > end - at - 1 || !add(id, at + 1, length)) {
                return false;
            }
            at += 1 + length;
        }
        return true;
    }

    private boolean scanTwoByte(int start, int end) {
        int at = start;
        while (at < end) {
            int id = Bytes.u8(memory, at);
            if (id == 0) {
                at++;
                continue;
            }
            if (end - at < 2) {
                return false;
            }
            int length = Bytes.u8(memory, at + 1);
            if (length > end - at - 2 || !add(id, at + 2, length)) {
                return false;
            }
            at += 2 + length;
        }
        return true;
    }

    private boolean add(int id, int at, int length) {
        if (count == Limits.EXTENSION_ELEMENTS) {
            return false;
        }
        ids[count] = id;
        positions[count] = at;
        lengths[count] = length;
        count++;
        return true;
    }

    /** Where the scanned packet lies. */
    public MemorySegment memory() {
        return memory;
    }

    /** Whether the two-byte form is used (RFC 8285 section 4.3). */
    public boolean isTwoByte() {
        return twoByte;
    }

    /** How many elements there are, in the order of the packet (RFC 8285 section 4). */
    public int count() {
        return count;
    }

    /** The id of an element; 0 after {@link #strip} (RFC 8285 section 4). */
    public int id(int index) {
        return ids[index];
    }

    /** Where an element's value begins (RFC 8285 section 4). */
    public int at(int index) {
        return positions[index];
    }

    /** Bytes of an element's value; 0 is possible in the two-byte form (RFC 8285 section 4.3). */
    public int length(int index) {
        return lengths[index];
    }

    /** The index of the first element with {@code id}, or -1 (RFC 8285 section 4). */
    public int find(int id) {
        for (int i = 0; i < count; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        return -1;
    }

    /** Where the value of {@code id} begins if it has at least {@code bytes} bytes, else -1 (RFC 8285 section 4). */
    public int find(int id, int bytes) {
        int index = find(id);
        return index >= 0 && lengths[index] >= bytes ? positions[index] : -1;
    }

    /**
     * Gives an element another id in place (RFC 8285 section 4): 1 to 14 in the one-byte form, 1 to 255 in the two-byte
     * form, else false and nothing changes.
     */
    public boolean retag(int index, int id) {
        if (id < 1 || id > (twoByte ? 255 : STOP_ID - 1)) {
            return false;
        }
        ids[index] = id;
        if (twoByte) {
            Bytes.put8(memory, positions[index] - 2, id);
        } else {
            Bytes.put8(memory, positions[index] - 1, id << 4 | lengths[index] - 1);
        }
        return true;
    }

    /** Strikes an element out in place: its bytes become padding (RFC 8285 section 4.1.1). */
    public void strip(int index) {
        int head = twoByte ? 2 : 1;
        Bytes.clear(memory, positions[index] - head, head + lengths[index]);
        ids[index] = 0;
    }
}
