package io.parley.media.rtp.rtcp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/** The items of a source description (RFC 3550 section 6.5), chunk after chunk. One owner. */
public final class SourceDescription {
    /** Type of a canonical name (RFC 3550 section 6.5.1). */
    public static final int CNAME = 1;

    private MemorySegment memory = MemorySegment.NULL;
    private int position;
    private int start;
    private int end;
    private int chunksLeft;
    private int chunks;
    private boolean inChunk;
    private int ssrc;
    private int type;
    private int at;
    private int length;

    /** Points at the compound's current packet and checks every chunk and item (RFC 3550 section 6.5). */
    public boolean parse(RtcpCompound compound) {
        if (compound.type() != RtcpType.SOURCE_DESCRIPTION) {
            return false;
        }
        memory = compound.memory();
        start = compound.at() + RtcpType.HEADER;
        end = compound.at() + compound.length();
        chunks = compound.count();
        rewind();
        while (next()) {
            // Only its checks are wanted here.
        }
        boolean whole = chunksLeft == 0;
        rewind();
        return whole;
    }

    private void rewind() {
        position = start;
        chunksLeft = chunks;
        inChunk = false;
    }

    /** Moves to the next item, or answers false behind the last (RFC 3550 section 6.5). */
    public boolean next() {
        while (chunksLeft > 0) {
            if (!inChunk) {
                if (end - position < 8) {
                    return false;
                }
                ssrc = Bytes.i32(memory, position);
                position += 4;
                inChunk = true;
            }
            if (position >= end) {
                return false;
            }
            type = Bytes.u8(memory, position);
            if (type != 0) {
                return item();
            }
            // One to four zeros end a chunk at a word's border; the header is aligned to that.
            position += 4 - (position - start & 3);
            inChunk = false;
            chunksLeft--;
        }
        return false;
    }

    private boolean item() {
        if (end - position < 2) {
            return false;
        }
        length = Bytes.u8(memory, position + 1);
        at = position + 2;
        if (length > end - at) {
            return false;
        }
        position = at + length;
        return true;
    }

    /** The source that the current item describes (RFC 3550 section 6.5). */
    public int ssrc() {
        return ssrc;
    }

    /** {@link #CNAME} or another item type (RFC 3550 section 6.5). */
    public int itemType() {
        return type;
    }

    /** Where the item's text begins (RFC 3550 section 6.5). */
    public int at() {
        return at;
    }

    /** Bytes of the item's text (RFC 3550 section 6.5). */
    public int length() {
        return length;
    }
}
