package io.parley.media.transport.srtp;

import java.util.Arrays;
import org.jitsi.utils.ByteArrayBuffer;

/** A packet as the reference wants it. */
final class ArrayBuffer implements ByteArrayBuffer {
    private byte[] bytes;
    private int length;

    ArrayBuffer(byte[] content) {
        bytes = Arrays.copyOf(content, content.length + 64);
        length = content.length;
    }

    byte[] content() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public byte[] getBuffer() {
        return bytes;
    }

    @Override
    public int getOffset() {
        return 0;
    }

    @Override
    public int getLength() {
        return length;
    }

    @Override
    public void setLength(int newLength) {
        length = newLength;
    }

    @Override
    public void setOffset(int offset) {
        throw new UnsupportedOperationException("packets begin at 0");
    }

    @Override
    public void grow(int more) {
        bytes = Arrays.copyOf(bytes, bytes.length + more);
    }

    @Override
    public void append(byte[] data, int count) {
        grow(count);
        System.arraycopy(data, 0, bytes, length, count);
        length += count;
    }

    @Override
    public void shrink(int less) {
        length -= less;
    }

    @Override
    public void readRegionToBuff(int from, int count, byte[] out) {
        System.arraycopy(bytes, from, out, 0, count);
    }

    @Override
    public boolean isInvalid() {
        return false;
    }
}
