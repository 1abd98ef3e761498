package io.parley.gateway.socket;

import io.parley.gateway.command.Commands;
import io.parley.gateway.command.Origin;
import io.parley.gateway.contract.Api;
import io.parley.gateway.contract.ApiMethod;
import io.parley.kernel.auth.Principal;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Ok;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one socket: checked, counted against limits, started in the order they came; answers go out as they
 * are ready. Owned by the event loop of its socket.
 */
final class CommandFlow {
    private final ClientSession session;
    private final SocketServices services;
    private final SessionCommands own;
    /** Completes when every command before has started. */
    private Future<Void> started = Future.succeededFuture();

    private int lastId;
    private int inFlight;
    private boolean paused;
    private boolean greeted;
    private int refusals;
    private long refusalsSinceNanos;

    CommandFlow(ClientSession session, SocketServices services) {
        this.session = session;
        this.services = services;
        this.own = new SessionCommands(session, services);
    }

    void take(Inbound.Command command) {
        Cmd cmd = command.cmd();
        Origin origin = session.origin();
        Refusal refusal = objection(command);
        if (cmd.getId() != 0 && Integer.compareUnsigned(cmd.getId(), lastId) > 0) {
            lastId = cmd.getId();
        }
        if (!greeted) {
            greet(cmd, refusal, origin);
        } else if (refusal != null) {
            session.refuse(cmd.getId(), refusal, origin);
            count(refusal);
        } else {
            start(Api.contract().of(cmd).orElseThrow(), cmd, origin);
        }
    }

    /** Whether hello came; its answer may still be at work. */
    boolean isGreeted() {
        return greeted;
    }

    /** What is wrong with a command before anybody is asked. */
    private @Nullable Refusal objection(Inbound.Command command) {
        Cmd cmd = command.cmd();
        if (cmd.getId() != 0 && Integer.compareUnsigned(cmd.getId(), lastId) <= 0) {
            return Refusal.of(ErrorCode.BAD_COMMAND_ID);
        } else if (greeted && cmd.hasHello()) {
            return Refusal.of(ErrorCode.HELLO_REPEATED);
        } else if (!greeted && !cmd.hasHello()) {
            return Refusal.of(ErrorCode.HELLO_REQUIRED);
        }
        ApiMethod method = Api.contract().of(cmd).orElse(null);
        if (method == null) {
            return command.violations().isEmpty()
                    ? Refusal.of(ErrorCode.UNKNOWN_COMMAND)
                    : command.violations().below("cmd").refusal();
        }
        return CommandCheck.check(method, command);
    }

    private void greet(Cmd cmd, @Nullable Refusal refusal, Origin origin) {
        greeted = true;
        if (refusal != null) {
            session.refuseAlways(cmd.getId(), refusal, origin);
            session.close(CloseCodes.ofRefusedHello(refusal.code()), "hello was refused: " + refusal.code());
            return;
        }
        inFlight++;
        started = own.hello(cmd.getHello(), origin)
                .onSuccess(ok -> {
                    session.answer(cmd.getId(), ok);
                    session.released();
                })
                .onFailure(failure -> {
                    Refusal told = Commands.refusal(failure, "Hello", origin);
                    session.refuseAlways(cmd.getId(), told, origin);
                    session.close(CloseCodes.ofRefusedHello(told.code()), "hello was refused: " + told.code());
                })
                .onComplete(_ -> finished(), _ -> finished())
                .mapEmpty();
    }

    /** The limits of all waiting commands are asked at once; only the starts wait for one another. */
    private void start(ApiMethod method, Cmd cmd, Origin origin) {
        Principal who = session.principal();
        inFlight++;
        pauseWhenBusy();
        Future<Void> before = started;
        Future<Void> admitted = who == null
                ? before // hello is still at work: the limits are asked once it is known whose they are
                : services.admission().admit(who, method.route().getClass_()).mapEmpty();
        Future<Ok> answer =
                before.compose(_ -> who != null ? admitted : admitLate(method)).compose(_ -> run(method, cmd, origin));
        started = before.transform(_ -> admitted.transform(_ -> Future.<Void>succeededFuture()));
        answer.onSuccess(ok -> session.answer(cmd.getId(), ok))
                .onFailure(failure -> failed(method, cmd, failure, origin))
                .onComplete(_ -> finished(), _ -> finished());
    }

    private Future<Void> admitLate(ApiMethod method) {
        Principal who = session.principal();
        return who == null
                ? Future.failedFuture(Refusal.of(ErrorCode.HELLO_REQUIRED))
                : services.admission().admit(who, method.route().getClass_()).mapEmpty();
    }

    private Future<Ok> run(ApiMethod method, Cmd cmd, Origin origin) {
        Principal who = session.principal();
        if (who == null || session.isClosed()) {
            return Future.failedFuture(Refusal.of(ErrorCode.HELLO_REQUIRED));
        }
        return own.serves(cmd)
                ? own.execute(cmd, who, origin)
                : CommandTrace.of(cmd, method.name(), () -> services.commands().execute(method, cmd, who, origin));
    }

    private void failed(ApiMethod method, Cmd cmd, Throwable failure, Origin origin) {
        Refusal refusal = Commands.refusal(failure, method.name(), origin);
        session.refuse(cmd.getId(), refusal, origin);
        count(refusal);
        if (refusal.code() == ErrorCode.TOKEN_REVOKED) {
            session.close(CloseCodes.REVOKED, "the session was revoked");
        }
    }

    /** Somebody who goes on after many refusals is cut off. */
    private void count(Refusal refusal) {
        long now = services.clock().monoNanos();
        if (now - refusalsSinceNanos > Limits.ABUSE_WINDOW_MILLIS * 1_000_000) {
            refusalsSinceNanos = now;
            refusals = 0;
        }
        if (++refusals > Limits.ABUSE_REFUSALS_MAX) {
            session.close(CloseCodes.RATE, "too many refused commands: " + refusal.code());
        }
    }

    private void pauseWhenBusy() {
        if (!paused && (inFlight >= services.limits().inFlightMax() || session.isBehindWithReplies())) {
            paused = true;
            session.socket().pause();
        }
    }

    private void finished() {
        inFlight--;
        if (paused && inFlight < services.limits().inFlightMax() && !session.isClosed()) {
            paused = false;
            session.socket().resume();
        }
    }
}
