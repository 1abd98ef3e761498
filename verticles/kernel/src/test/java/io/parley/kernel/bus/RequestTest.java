package io.parley.kernel.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.kernel.contract.CommandContracts;
import io.parley.kernel.contract.CommandServer;
import io.parley.schema.bus.v1.Command;
import io.parley.schema.bus.v1.Outcome;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Ok;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final Vertx vertx = Vertx.vertx();
    private final Command command = Command.newBuilder().setRequestId("req_1").build();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void insideOneProcessBothSidesShareTheInstance() {
        AtomicReference<Command> seen = new AtomicReference<>();
        CommandServer.serve(vertx.eventBus(), CommandContracts.CHAT, asked -> {
            seen.set(asked);
            return Future.succeededFuture(Ok.getDefaultInstance());
        });
        Outcome outcome =
                CommandContracts.CHAT.ask(vertx.eventBus(), command, PATIENCE).await();
        assertEquals(Outcome.OutcomeCase.OK, outcome.getOutcomeCase());
        assertSame(command, seen.get());
    }

    @Test
    void aRefusalIsAnAnswer_aSurpriseIsInternalAndKeepsItsTextBack() {
        CommandServer.serve(
                vertx.eventBus(),
                CommandContracts.CHAT,
                asked -> asked.getRequestId().equals("req_1")
                        ? Future.failedFuture(Refusal.after(ErrorCode.SLOW_MODE, 1_500))
                        : Future.failedFuture(new IllegalStateException("secret")));
        var slow =
                CommandContracts.CHAT.ask(vertx.eventBus(), command, PATIENCE).await();
        assertEquals(1_500, slow.getError().getAfterMs());
        assertEquals("req_1", slow.getError().getRef());
        var broken = CommandContracts.CHAT
                .ask(vertx.eventBus(), Command.getDefaultInstance(), PATIENCE)
                .await();
        assertEquals(ErrorCode.INTERNAL_VALUE, broken.getError().getCode());
        assertEquals(
                Refusal.meaning(ErrorCode.INTERNAL).getTitle(),
                broken.getError().getDetail());
    }

    @Test
    void nobodyThereIsUnavailable() {
        var asked = CommandContracts.PRESENCE.ask(vertx.eventBus(), command, PATIENCE);
        ReplyException failure =
                assertInstanceOf(ReplyException.class, assertThrows(ReplyException.class, asked::await));
        assertEquals(ErrorCode.UNAVAILABLE, Failures.code(failure));
    }

    @Test
    void whatCrossesNodesIsTheSame_andBrokenBytesNameTheType() {
        var codec = new ProtoCodec<>(Command.getDefaultInstance());
        Buffer wire = Buffer.buffer("before");
        codec.encodeToWire(wire, command);
        assertEquals(command, codec.decodeFromWire(6, wire));
        Buffer broken = Buffer.buffer().appendInt(2).appendBytes(new byte[] {(byte) 0xff, (byte) 0xff});
        var failure = assertThrows(ContractException.class, () -> codec.decodeFromWire(0, broken));
        assertTrue(String.valueOf(failure.getMessage()).startsWith("not a parley.Command: "));
    }
}
