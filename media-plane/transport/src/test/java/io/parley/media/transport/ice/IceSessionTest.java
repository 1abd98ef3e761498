package io.parley.media.transport.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.stun.JdkStunHmac;
import io.parley.media.rtp.stun.StunMessage;
import io.parley.media.rtp.stun.StunType;
import io.parley.media.rtp.stun.StunWriter;
import io.parley.media.transport.IceCredentials;
import io.parley.media.transport.ice.IceSession.Verdict;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class IceSessionTest {
    private static final byte[] TRANSACTION = new byte[12];
    private static final byte[] ADDRESS = {10, 1, 2, 3};
    private static final int UNKNOWN_ATTRIBUTE = 0x0077;

    private final IceCredentials ours = IceCredentials.fresh(new SecureRandom());
    private final IceSession session = new IceSession(ours, "them");

    @Test
    void aNominationIsAnsweredWithTheAddressItCameFrom() {
        var check = check(ours, writer -> writer.flag(StunType.USE_CANDIDATE));
        assertEquals(Verdict.NOMINATED, session.judge(check));
        var answer = answer(check);
        assertEquals(StunType.BINDING_SUCCESS, answer.type());
        byte[] ip = new byte[16];
        int index = answer.find(StunType.XOR_MAPPED_ADDRESS);
        assertEquals(4, answer.xorAddress(index, ip));
        assertEquals(10, ip[0]);
        assertEquals(4_444, answer.xorPort(index));
    }

    @Test
    void aCheckWithoutNominationIsValidAndNoMore() {
        assertEquals(Verdict.VALID, session.judge(check(ours, writer -> {})));
    }

    @Test
    void onePeerClaimingOurRoleIsToldOfTheConflict() {
        var check = check(ours, writer -> writer.tieBreaker(StunType.ICE_CONTROLLED, 7));
        assertEquals(Verdict.REFUSED, session.judge(check));
        assertEquals(StunType.ERROR_ROLE_CONFLICT, answer(check).errorCode());
    }

    @Test
    void whatMustBeUnderstoodAndIsNotIsNamed() {
        var check = check(ours, writer -> writer.number(UNKNOWN_ATTRIBUTE, 1));
        assertEquals(Verdict.REFUSED, session.judge(check));
        var answer = answer(check);
        assertEquals(StunType.ERROR_UNKNOWN_ATTRIBUTE, answer.errorCode());
        assertTrue(answer.find(StunType.UNKNOWN_ATTRIBUTES) >= 0);
    }

    @Test
    void anotherPasswordOrNameIsNotTrusted() {
        var other = IceCredentials.fresh(new SecureRandom());
        assertEquals(Verdict.UNTRUSTED, session.judge(check(other, writer -> {})));
        var stolen = new IceCredentials(ours.ufrag(), other.password());
        assertEquals(Verdict.UNTRUSTED, session.judge(check(stolen, writer -> {})));
    }

    @Test
    void bothCredentialsCountUntilTheNewOnesWereUsed() {
        var renewed = IceCredentials.fresh(new SecureRandom());
        session.restart(renewed, "them");
        assertEquals(Verdict.VALID, session.judge(check(ours, writer -> {})));
        assertEquals(renewed.ufrag(), session.newestUfrag());
        assertEquals(Verdict.VALID, session.judge(check(renewed, writer -> {})));
        assertEquals(renewed.ufrag(), session.ufrag());
        assertEquals(Verdict.UNTRUSTED, session.judge(check(ours, writer -> {})));
    }

    private StunMessage answer(StunMessage check) {
        byte[] bytes = new byte[512];
        var target = new IceSession.Target(MemorySegment.ofArray(bytes), 0, bytes.length);
        return parse(bytes, session.answer(check, new StunWriter(), ADDRESS, 4_444, target));
    }

    private static StunMessage check(IceCredentials with, Consumer<StunWriter> more) {
        byte[] bytes = new byte[512];
        var writer = new StunWriter();
        writer.begin(MemorySegment.ofArray(bytes), 0, bytes.length, StunType.BINDING_REQUEST, TRANSACTION)
                .attribute(StunType.USERNAME, (with.ufrag() + ":them").getBytes(StandardCharsets.US_ASCII));
        more.accept(writer);
        writer.integrity(new JdkStunHmac(with.password().getBytes(StandardCharsets.US_ASCII)));
        return parse(bytes, writer.fingerprint().finish());
    }

    private static StunMessage parse(byte[] bytes, int length) {
        var message = new StunMessage();
        assertTrue(message.parse(MemorySegment.ofArray(bytes), 0, length));
        return message;
    }
}
