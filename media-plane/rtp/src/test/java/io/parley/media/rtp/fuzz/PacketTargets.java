package io.parley.media.rtp.fuzz;

import io.parley.media.rtp.PacketKind;
import io.parley.media.rtp.RedBlocks;
import io.parley.media.rtp.RedWriter;
import io.parley.media.rtp.RtpHeader;
import io.parley.media.rtp.RtpPacket;
import io.parley.media.rtp.Rtx;
import io.parley.media.rtp.extension.AudioLevel;
import io.parley.media.rtp.extension.ExtensionKind;
import io.parley.media.rtp.extension.ExtensionMap;
import io.parley.media.rtp.extension.ExtensionWriter;
import io.parley.media.rtp.extension.HeaderExtensions;
import io.parley.media.rtp.extension.SdesName;
import io.parley.media.rtp.memory.Bytes;
import io.parley.media.rtp.stun.StunMessage;
import io.parley.media.rtp.stun.StunType;
import io.parley.media.rtp.stun.StunWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Whole datagrams: the demultiplexer, RTP with its extensions, RTX, RED, STUN. */
final class PacketTargets {
    private static final int ROOM = 70_000;

    private PacketTargets() {}

    static List<Target> all() {
        return List.of(
                new Target("demultiplexer", (memory, at, length) -> kind(memory, at, length), "80600001", "0001"),
                rtp(),
                red(),
                stun());
    }

    private static long kind(MemorySegment memory, int at, int length) {
        return PacketKind.of(memory, at, length) == PacketKind.UNKNOWN ? Target.INVALID : 1;
    }

    private static Target rtp() {
        var packet = new RtpPacket();
        var extensions = new HeaderExtensions();
        var writer = new ExtensionWriter();
        var map = new ExtensionMap(Map.of(ExtensionKind.AUDIO_LEVEL, 1, ExtensionKind.MID, 2));
        MemorySegment out = Arena.ofAuto().allocate(ROOM);
        return new Target(
                "RTP, extensions and RTX",
                (memory, at, length) -> {
                    if (!packet.parse(memory, at, length) || !extensions.parse(packet)) {
                        return Target.INVALID;
                    }
                    long sum = fields(packet) + forward(packet, extensions, map, writer, out);
                    sum += Rtx.wrap(packet, out, 0, 97, packet.sequence(), 7);
                    for (int i = 0; i < extensions.count(); i++) {
                        extensions.retag(i, 1 + i);
                        extensions.strip(i);
                    }
                    packet.stripPadding();
                    return sum + (Rtx.unwrap(packet, 96, 5) ? packet.sequence() : 0);
                },
                "b1e0123401020304cafebabe0a0b0c0dbede000110aa000077880002",
                "90e0123401020304cafebabebede000310aa21bbbb000033cccccccc00778899",
                "906f123401020304cafebabe10000003010002 01bb000304cccccccc7788",
                "80e0123401020304cafebabe1234aabb");
    }

    private static long fields(RtpPacket packet) {
        long sum = (long) packet.sequence() + packet.timestamp() + packet.ssrc() + packet.payloadType();
        for (int i = 0; i < packet.csrcCount(); i++) {
            sum += packet.csrc(i);
        }
        return packet.marker() ? sum + packet.paddingLength() : sum;
    }

    /** Copies the packet with an extension block of its own, as a forwarder does. */
    private static long forward(
            RtpPacket packet,
            HeaderExtensions extensions,
            ExtensionMap map,
            ExtensionWriter writer,
            MemorySegment out) {
        var memory = packet.memory();
        int level = map.find(extensions, ExtensionKind.AUDIO_LEVEL, AudioLevel.LENGTH);
        long sum = level < 0 ? 0 : AudioLevel.level(memory, level);
        int header = packet.copyHeader(out, 0);
        writer.begin(out, header, 1_000, extensions.isTwoByte());
        for (int i = 0; i < extensions.count(); i++) {
            sum += SdesName.key(memory, extensions.at(i), extensions.length(i));
            writer.add(extensions.id(i), memory, extensions.at(i), extensions.length(i));
        }
        int block = writer.finish();
        RtpHeader.extension(out, 0, block > 0);
        return sum + packet.copyPayload(out, header + block);
    }

    private static Target red() {
        var blocks = new RedBlocks();
        var writer = new RedWriter();
        MemorySegment out = Arena.ofAuto().allocate(ROOM);
        return new Target(
                "RED",
                (memory, at, length) -> {
                    if (!blocks.parse(memory, at, length)) {
                        return Target.INVALID;
                    }
                    writer.begin();
                    int last = blocks.count() - 1;
                    for (int i = 0; i < last; i++) {
                        writer.redundant(
                                blocks.payloadType(i),
                                blocks.timestampOffset(i),
                                memory,
                                blocks.at(i),
                                blocks.length(i));
                    }
                    writer.primary(blocks.payloadType(last), memory, blocks.at(last), blocks.length(last));
                    int written = writer.finish(out, 0, ROOM);
                    if (written != length) {
                        throw new AssertionError("read and written again it has " + written + " bytes");
                    }
                    return written;
                },
                "ef0f00036faabbccddee",
                "6fddee",
                "ef0f0001ef0780026f010203040506");
    }

    private static Target stun() {
        var message = new StunMessage();
        var writer = new StunWriter();
        byte[] ip = new byte[16];
        MemorySegment out = Arena.ofAuto().allocate(2_000);
        return new Target(
                "STUN",
                (memory, at, length) -> {
                    if (!message.parse(memory, at, length)) {
                        return Target.INVALID;
                    }
                    long sum = message.priority() + message.errorCode() + (message.usesCandidate() ? 1 : 0);
                    sum += message.hasValidFingerprint() ? 1 : 0;
                    sum += message.hasValidIntegrity((_, bytes, mac) -> Arrays.fill(mac, (byte) bytes)) ? 1 : 0;
                    for (int i = 0; i < message.count(); i++) {
                        if (message.xorAddress(i, ip) > 0) {
                            sum += message.xorPort(i);
                        }
                        sum += message.length(i) > 0 ? Bytes.u8(memory, message.at(i) + message.length(i) - 1) : 0;
                    }
                    int written = writer.answer(message, out, 0, 2_000, StunType.BINDING_ERROR)
                            .errorCode(StunType.ERROR_UNKNOWN_ATTRIBUTE)
                            .unknownAttributes(message)
                            .integrity((_, bytes, mac) -> Arrays.fill(mac, (byte) bytes))
                            .fingerprint()
                            .finish();
                    return sum + written;
                },
                "000100582112a442b7e7a701bc34d686fa87dfae80220010 5354554e207465737420636c69656e74"
                        + "002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020"
                        + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf",
                "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643"
                        + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96");
    }
}
