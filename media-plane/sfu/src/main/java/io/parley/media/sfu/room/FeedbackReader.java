package io.parley.media.sfu.room;

import io.parley.media.rtp.rtcp.KeyframeRequest;
import io.parley.media.rtp.rtcp.Nack;
import io.parley.media.rtp.rtcp.Remb;
import io.parley.media.rtp.rtcp.Report;
import io.parley.media.rtp.rtcp.RtcpCompound;
import io.parley.media.rtp.rtcp.TransportFeedback;
import io.parley.media.sfu.Limits;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Reads what participants say by RTCP, as receivers and as senders. One per room; allocates nothing. */
final class FeedbackReader {
    private static final int MICROS_PER_TICK = TransportFeedback.TICK_MICROS;
    private static final long SHORT_NTP_SECOND = 65_536;

    private final NtpTime time;
    private final RtcpCompound compound = new RtcpCompound();
    private final Report report = new Report();
    private final Nack nack = new Nack();
    private final KeyframeRequest keyframe = new KeyframeRequest();
    private final TransportFeedback transport = new TransportFeedback();
    private final Remb remb = new Remb();
    long malformed;
    long packetsMissed;
    long keyframesWished;

    FeedbackReader(NtpTime time) {
        this.time = time;
    }

    void read(Participant from, MemorySegment memory, int offset, int length, long nowNanos) {
        if (!compound.parse(memory, offset, length)) {
            malformed++;
            return;
        }
        while (compound.next()) {
            if (report.parse(compound)) {
                onReport(from, nowNanos);
            } else if (transport.parse(compound)) {
                onTransport(from, nowNanos);
            } else if (nack.parse(compound)) {
                onNack(from, nowNanos);
            } else if (keyframe.parse(compound)) {
                onKeyframe(from, nowNanos);
            } else if (remb.parse(compound)) {
                from.egress().controller().onRemb(remb.bitrateBps());
            }
        }
    }

    private void onReport(Participant from, long nowNanos) {
        if (report.isSender()) {
            var encoding = from.ingress().encodingOf(report.ssrc());
            if (encoding != null) {
                encoding.onSenderReport(report.ntp(), report.rtpTimestamp(), nowNanos);
            }
        }
        long roundTrip = 0;
        double lost = 0;
        long expected = 0;
        for (int i = 0; i < report.blockCount(); i++) {
            var slot = slotOf(from, report.blockSsrc(i));
            if (slot == null) {
                continue;
            }
            long packets = slot.packetsSinceReport(report.highestSequence(i));
            expected += packets;
            lost += packets * (report.fractionLost(i) / 256.0);
            if (report.lastReport(i) != 0) {
                int now = (int) (time.ntp(nowNanos) >>> 16);
                int units = now - report.lastReport(i) - (int) report.delaySinceLastReport(i); // over the wrap
                roundTrip = Math.clamp(units, 0, 10 * SHORT_NTP_SECOND) * 1_000_000 / SHORT_NTP_SECOND;
            }
        }
        if (expected > 0) {
            // One conclusion per report, however many streams it speaks of.
            from.egress().controller().onLossReport(lost / expected, roundTrip);
        }
    }

    private void onTransport(Participant from, long nowNanos) {
        var controller = from.egress().controller();
        while (transport.next()) {
            long arrivalMicros = transport.arrivalTicks() * MICROS_PER_TICK;
            controller.onFeedback(transport.sequence(), transport.received(), arrivalMicros);
        }
        controller.onFeedbackEnd(nowNanos / 1_000);
    }

    private void onNack(Participant from, long nowNanos) {
        var slot = slotOf(from, nack.mediaSsrc());
        if (slot == null) {
            return;
        }
        int answered = 0;
        for (int missed = nack.next(); missed >= 0; missed = nack.next()) {
            packetsMissed++;
            if (answered < Limits.RESENT_PER_NACK) {
                answered++;
                from.egress().resend(slot, missed, nowNanos);
            }
        }
    }

    private void onKeyframe(Participant from, long nowNanos) {
        for (int i = 0; i < keyframe.count(); i++) {
            var slot = slotOf(from, keyframe.mediaSsrc(i));
            if (slot != null) {
                keyframesWished++;
                slot.askKeyframe(nowNanos);
            }
        }
    }

    private static @Nullable Slot slotOf(Participant of, int ssrc) {
        for (var slot : of.slots()) {
            if (slot.options().ssrc() == ssrc) {
                return slot;
            }
        }
        return null;
    }
}
