package io.parley.media.sfu.room;

import io.parley.media.rtp.rtcp.RtcpWriter;
import java.nio.charset.StandardCharsets;

/** Writes what we say by RTCP: requests and feedback as they are due, reports each second. One per room. */
final class Reports {
    private static final long REPORT_NANOS = 1_000_000_000;
    /** Our own SSRC in feedback; it never sends media. */
    private static final int OWN_SSRC = 1;

    private final NtpTime time;
    private final RtcpWriter writer = new RtcpWriter();
    private final byte[] name;
    private long nextReportNanos;

    Reports(NtpTime time, String room) {
        this.time = time;
        byte[] full = room.getBytes(StandardCharsets.UTF_8);
        name = java.util.Arrays.copyOf(full, Math.min(64, full.length));
    }

    /** Whether this is the tick in which reports are written too. */
    boolean isReportDue(long nowNanos) {
        if (nowNanos < nextReportNanos) {
            return false;
        }
        nextReportNanos = nowNanos + REPORT_NANOS;
        return true;
    }

    void write(Participant to, boolean report, long nowNanos) {
        writeTransportFeedback(to, nowNanos);
        writeRequests(to, nowNanos);
        if (report) {
            writeReceiverReport(to, nowNanos);
            begin(to);
            if (to.egress().writeReports(writer, time.ntp(nowNanos), name, nowNanos)) {
                to.sink().sendRtcp(writer.length());
            }
        }
    }

    private void begin(Participant to) {
        writer.begin(to.sink().memory(), to.sink().reserve(), to.sink().capacity());
    }

    private void writeTransportFeedback(Participant to, long nowNanos) {
        var feedback = to.ingress().feedback();
        for (int i = 0; i < 4 && feedback != null && feedback.isDue(nowNanos); i++) {
            int at = to.sink().reserve();
            int bytes = feedback.write(to.sink().memory(), at, to.sink().capacity(), nowNanos);
            if (bytes > 0) {
                to.sink().sendRtcp(bytes);
            }
        }
    }

    private void writeRequests(Participant to, long nowNanos) {
        begin(to);
        boolean any = false;
        for (int p = 0; p < to.published().size(); p++) {
            var publication = to.published().get(p);
            for (int i = 0; i < publication.encodingCount(); i++) {
                var encoding = publication.encoding(i);
                any |= encoding != null && encoding.ssrc() != 0 && encoding.writeRequests(writer, nowNanos);
            }
        }
        if (any) {
            to.sink().sendRtcp(writer.length());
        }
    }

    private void writeReceiverReport(Participant to, long nowNanos) {
        begin(to);
        if (to.published().isEmpty() || !writer.receiverReport(OWN_SSRC)) {
            return;
        }
        for (int p = 0; p < to.published().size(); p++) {
            var publication = to.published().get(p);
            for (int i = 0; i < publication.encodingCount(); i++) {
                var encoding = publication.encoding(i);
                if (encoding != null) {
                    encoding.writeReport(writer, nowNanos);
                }
            }
        }
        writer.canonicalName(OWN_SSRC, name);
        to.sink().sendRtcp(writer.length());
    }
}
