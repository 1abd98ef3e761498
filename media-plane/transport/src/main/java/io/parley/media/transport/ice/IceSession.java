package io.parley.media.transport.ice;

import io.parley.media.rtp.memory.Bytes;
import io.parley.media.rtp.stun.JdkStunHmac;
import io.parley.media.rtp.stun.StunHmac;
import io.parley.media.rtp.stun.StunMessage;
import io.parley.media.rtp.stun.StunType;
import io.parley.media.rtp.stun.StunWriter;
import io.parley.media.transport.IceCredentials;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One peer's credentials, before and after a restart, and the answers to its checks. One owner. What is not signed with
 * the peer's password is never answered: an answer to a forged address would be a weapon.
 */
public final class IceSession {
    private Generation current;
    private @Nullable Generation next;
    private @Nullable Generation answering;

    /** What a check is worth. */
    public enum Verdict {
        /** Signed with our password, and well-formed: to be answered with success. */
        VALID,
        /** As valid, and it nominates the path it came on (RFC 8445 section 7.3.1.5). */
        NOMINATED,
        /** Signed, but it claims our role or asks for what we do not know: to be answered with an error. */
        REFUSED,
        /** Not signed with our password, or for another pair of user fragments: to be ignored. */
        UNTRUSTED
    }

    public IceSession(IceCredentials local, String remoteUfrag) {
        current = new Generation(local, remoteUfrag);
    }

    /** Credentials, what a check's USERNAME must be, and the key of its integrity. */
    private static final class Generation {
        private final IceCredentials local;
        private final byte[] username;
        private final StunHmac hmac;

        private Generation(IceCredentials local, String remoteUfrag) {
            this.local = local;
            username = (local.ufrag() + ":" + remoteUfrag).getBytes(StandardCharsets.US_ASCII);
            hmac = new JdkStunHmac(local.password().getBytes(StandardCharsets.US_ASCII));
        }

        private boolean signed(StunMessage check) {
            int index = check.find(StunType.USERNAME);
            return index >= 0
                    && Bytes.matches(check.memory(), check.at(index), check.length(index), username)
                    && check.hasValidIntegrity(hmac);
        }
    }

    /** Accepts checks with new credentials beside the old ones (RFC 8445 section 9). */
    public void restart(IceCredentials local, String remoteUfrag) {
        next = new Generation(local, remoteUfrag);
    }

    /**
     * Judges a binding request. The first valid one with the credentials of a restart ends the old ones.
     *
     * @return what it is worth; the answer is then written by {@link #answer}
     */
    public Verdict judge(StunMessage check) {
        var pending = next;
        if (pending != null && pending.signed(check)) {
            current = pending;
            next = null;
        } else if (!current.signed(check)) {
            answering = null;
            return Verdict.UNTRUSTED;
        }
        answering = current;
        if (check.unknownCount() > 0 || check.find(StunType.ICE_CONTROLLED) >= 0) {
            return Verdict.REFUSED;
        }
        return check.usesCandidate() ? Verdict.NOMINATED : Verdict.VALID;
    }

    /** The user fragment that checks have to name now. */
    public String ufrag() {
        return current.local.ufrag();
    }

    /** The user fragment of a restart that no check has used yet, else that of {@link #ufrag}. */
    public String newestUfrag() {
        var pending = next;
        return pending == null ? current.local.ufrag() : pending.local.ufrag();
    }

    /**
     * Writes the answer to the check that was judged last, and returns its bytes, or -1 when it does not fit.
     *
     * @param ip the 4 or 16 bytes of the address the check came from
     */
    public int answer(StunMessage check, StunWriter writer, byte[] ip, int port, Target target) {
        var generation = answering;
        if (generation == null) {
            throw new IllegalStateException("an untrusted check gets no answer");
        }
        boolean refused = check.unknownCount() > 0 || check.find(StunType.ICE_CONTROLLED) >= 0;
        int type = refused ? StunType.BINDING_ERROR : StunType.BINDING_SUCCESS;
        writer.answer(check, target.memory(), target.at(), target.capacity(), type);
        if (!refused) {
            writer.xorAddress(StunType.XOR_MAPPED_ADDRESS, ip, ip.length, port);
        } else if (check.unknownCount() > 0) {
            writer.errorCode(StunType.ERROR_UNKNOWN_ATTRIBUTE).unknownAttributes(check);
        } else {
            writer.errorCode(StunType.ERROR_ROLE_CONFLICT);
        }
        return writer.integrity(generation.hmac).fingerprint().finish();
    }

    /** Where an answer is written. */
    public record Target(MemorySegment memory, int at, int capacity) {}
}
