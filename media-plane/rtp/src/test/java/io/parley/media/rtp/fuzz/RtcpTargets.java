package io.parley.media.rtp.fuzz;

import io.parley.media.rtp.memory.Bytes;
import io.parley.media.rtp.rtcp.Goodbye;
import io.parley.media.rtp.rtcp.KeyframeRequest;
import io.parley.media.rtp.rtcp.Nack;
import io.parley.media.rtp.rtcp.Remb;
import io.parley.media.rtp.rtcp.Report;
import io.parley.media.rtp.rtcp.RtcpCompound;
import io.parley.media.rtp.rtcp.RtcpWriter;
import io.parley.media.rtp.rtcp.SourceDescription;
import io.parley.media.rtp.rtcp.TransportFeedback;
import io.parley.media.rtp.rtcp.TransportFeedbackWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Compound RTCP: every kind is tried on every packet, as a caller that trusts no type would. */
final class RtcpTargets {
    private static final int ROOM = 8_192;

    private final RtcpCompound compound = new RtcpCompound();
    private final Report report = new Report();
    private final SourceDescription description = new SourceDescription();
    private final Goodbye goodbye = new Goodbye();
    private final Nack nack = new Nack();
    private final KeyframeRequest request = new KeyframeRequest();
    private final Remb remb = new Remb();
    private final TransportFeedback feedback = new TransportFeedback();
    private final RtcpWriter writer = new RtcpWriter();
    private final TransportFeedbackWriter feedbackWriter = new TransportFeedbackWriter();
    private final MemorySegment out = Arena.ofAuto().allocate(ROOM);
    private final int[] ssrcs = {1, 2};
    private final long[] missing = new long[4];

    private RtcpTargets() {}

    static List<Target> all() {
        var rtcp = new RtcpTargets();
        return List.of(new Target(
                "RTCP",
                rtcp::read,
                "81c8000c00000001e0a1b2c3d4e5f6070000006400000002000000030000cafe80ffffff00010005"
                        + "00000007b2c3d4e500010000",
                "80c900010000000981ca00040000000a0106616c696365310200000082cb00020000000100000002",
                "81cd00040000000100000002fffd800700050000" + "81ce0002000000010000cafe",
                "84ce000400000001000000000000beefff000000"
                        + "8fce0007123456780000000052454d420307fb93234567892345678a2345678b",
                "8fcd00060000000100000002fffe0004000001000003200105000000",
                "8fcd000500000001000000020005000300ffff00a8000102" + "80cf0004000000010400000201020304 05060708",
                "afcd0005fa17fa1743032fa0009900013de8021720019401"));
    }

    private long read(MemorySegment memory, int at, int length) {
        if (!compound.parse(memory, at, length)) {
            return Target.INVALID;
        }
        long sum = 0;
        writer.begin(out, 0, ROOM);
        while (compound.next()) {
            sum += compound.ssrc() + compound.mediaSsrc();
            sum += report.parse(compound) ? report() : 0;
            sum += description.parse(compound) ? description(memory) : 0;
            sum += goodbye.parse(compound) ? goodbye() : 0;
            sum += nack.parse(compound) ? nack() : 0;
            sum += request.parse(compound) ? request() : 0;
            sum += remb.parse(compound) ? remb() : 0;
            sum += feedback.parse(compound) ? feedback() : 0;
        }
        return sum + writer.length();
    }

    private long report() {
        long sum = report.ssrc();
        if (report.isSender()) {
            sum += report.ntp() + report.ntpMiddle() + report.packetCount() + report.octetCount();
            writer.senderReport(report.ssrc(), report.ntp(), report.rtpTimestamp(), 1, 2);
        } else {
            writer.receiverReport(report.ssrc());
        }
        for (int i = 0; i < report.blockCount(); i++) {
            writer.block(
                    report.blockSsrc(i),
                    report.fractionLost(i),
                    report.cumulativeLost(i),
                    report.highestSequence(i),
                    report.jitterTicks(i));
            sum += report.lastReport(i) + report.delaySinceLastReport(i);
        }
        return sum;
    }

    private long description(MemorySegment memory) {
        long sum = 0;
        while (description.next()) {
            sum += description.ssrc() + description.itemType();
            if (description.length() > 0) {
                sum += Bytes.u8(memory, description.at() + description.length() - 1);
            }
        }
        return sum;
    }

    private long goodbye() {
        long sum = 0;
        for (int i = 0; i < goodbye.count(); i++) {
            sum += goodbye.ssrc(i);
            writer.goodbye(goodbye.ssrc(i));
        }
        return sum;
    }

    private long nack() {
        long sum = 0;
        for (int sequence = nack.next(); sequence >= 0; sequence = nack.next()) {
            sum += sequence;
            missing[sequence >> 6 & 3] |= 1L << sequence;
        }
        writer.nack(1, nack.mediaSsrc(), (int) sum, missing, 256);
        return sum;
    }

    private long request() {
        long sum = 0;
        for (int i = 0; i < request.count(); i++) {
            sum += request.mediaSsrc(i) + (request.isFir() ? request.firSequence(i) : 0);
            writer.pictureLoss(1, request.mediaSsrc(i));
        }
        return sum;
    }

    private long remb() {
        long sum = remb.bitrateBps();
        for (int i = 0; i < remb.count(); i++) {
            sum += remb.ssrc(i);
        }
        writer.remb(1, remb.bitrateBps(), ssrcs, 2);
        return sum;
    }

    /** Reads all statuses and says the same again. */
    private long feedback() {
        long sum = (long) feedback.senderSsrc() + feedback.feedbackCount();
        boolean begun = false;
        while (feedback.next()) {
            if (!feedback.received()) {
                continue;
            }
            long nanos = feedback.arrivalTicks() * TransportFeedback.TICK_MICROS * 1_000L;
            if (!begun) {
                feedbackWriter.begin(feedback.sequence(), nanos);
                begun = true;
            } else {
                sum += feedbackWriter.received(feedback.sequence(), nanos) ? 1 : 0;
            }
        }
        return begun ? sum + feedbackWriter.write(out, 0, ROOM, ssrcs, 1) : sum;
    }
}
