package io.parley.media.transport.dtls;

import io.parley.media.transport.DtlsRole;
import io.parley.media.transport.Fingerprint;
import io.parley.media.transport.srtp.SrtpKeys;
import io.parley.schema.SystemClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * One peer's DTLS association, from the first flight until one side closes it: the end matters, as a browser that
 * leaves says so here. Runs on a virtual thread of its own; any thread may call it.
 */
public final class DtlsSession implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int RECORD_BYTES = 2_048;

    private final DtlsIdentity identity;
    private final DtlsRole role;
    private final Fingerprint expected;
    private final QueueTransport transport;
    private final Outcome outcome;
    private final Thread thread;

    /** Where a session's datagrams go; called by its thread, which must not be made to wait. */
    @FunctionalInterface
    public interface Wire {
        void send(byte[] datagram);
    }

    /** What became of the session; called by its thread. */
    public interface Outcome {
        /** The peer is the one whose fingerprint was expected. */
        void established(SrtpKeys local, SrtpKeys remote);

        /** It never was, or is no longer; called at most once, and last. */
        void ended(String reason);
    }

    public DtlsSession(DtlsIdentity identity, DtlsRole role, Fingerprint expected, Wire wire, Outcome outcome) {
        this.identity = identity;
        this.role = role;
        this.expected = expected;
        this.outcome = outcome;
        transport = new QueueTransport(wire);
        thread = Thread.ofVirtual().name("dtls").unstarted(this::run);
    }

    /** Begins the handshake, or the wait for the peer's first flight. */
    public void start() {
        thread.start();
    }

    /** Takes a datagram of the peer's in; one too many is dropped, as the peer repeats it. */
    public void receive(byte[] datagram) {
        transport.offer(datagram);
    }

    /** Ends the session: the peer is told, if it can be. Idempotent. */
    @Override
    public void close() {
        transport.end();
    }

    /** Waits until the thread has ended, if it ever began, at most until {@code deadlineNanos}. */
    public void awaitEnd(long deadlineNanos) {
        long leftNanos = deadlineNanos - new SystemClock().monoNanos();
        if (leftNanos <= 0 || thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            boolean _ = thread.join(Duration.ofNanos(leftNanos));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var alerts = new AlertLog();
        var terms = new HandshakeTerms(identity, expected);
        DTLSTransport secured;
        try {
            secured = handshake(terms, alerts);
        } catch (IOException | RuntimeException failure) {
            outcome.ended("the DTLS handshake failed: " + failure.getMessage() + alerts.complaint());
            return;
        }
        transport.established();
        boolean server = role == DtlsRole.SERVER;
        outcome.established(
                server ? terms.serverKeys() : terms.clientKeys(), server ? terms.clientKeys() : terms.serverKeys());
        outcome.ended(serve(secured, alerts));
    }

    private DTLSTransport handshake(HandshakeTerms terms, AlertLog alerts) throws IOException {
        var crypto = new BcTlsCrypto(new SecureRandom());
        return role == DtlsRole.SERVER
                ? new DTLSServerProtocol().accept(new DtlsServer(crypto, terms, alerts), transport)
                : new DTLSClientProtocol().connect(new DtlsClient(crypto, terms, alerts), transport);
    }

    /** Answers repeated flights and waits for the end. There is no application data: it is dropped. */
    private String serve(DTLSTransport secured, AlertLog alerts) {
        byte[] record = new byte[RECORD_BYTES];
        try {
            while (!transport.isEnded()) {
                secured.receive(record, 0, record.length, PATIENCE_MILLIS);
            }
            return "the peer closed the connection";
        } catch (InterruptedIOException end) {
            return alerts.isClosed() ? "the peer closed the connection" : farewell(secured);
        } catch (IOException failure) {
            return "the DTLS session broke: " + failure.getMessage() + alerts.complaint();
        }
    }

    private static String farewell(DTLSTransport secured) {
        try {
            secured.close();
            return "closed";
        } catch (IOException failure) {
            return "closed, but the peer could not be told: " + failure.getMessage();
        }
    }
}
