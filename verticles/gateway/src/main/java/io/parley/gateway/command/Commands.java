package io.parley.gateway.command;

import io.parley.gateway.contract.ApiMethod;
import io.parley.gateway.limit.Admission;
import io.parley.gateway.session.Revocations;
import io.parley.kernel.auth.Principal;
import io.parley.kernel.bus.Failures;
import io.parley.kernel.bus.Refusal;
import io.parley.kernel.bus.Request;
import io.parley.kernel.cluster.LiveNodes;
import io.parley.kernel.config.Settings;
import io.parley.kernel.contract.CommandContracts;
import io.parley.kernel.node.NodeContext;
import io.parley.kernel.resilience.Guard;
import io.parley.kernel.resilience.GuardConfig;
import io.parley.kernel.resilience.Resilience;
import io.parley.schema.Clock;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.bus.v1.Command;
import io.parley.schema.bus.v1.Outcome;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.Done;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.LimitPolicies;
import io.parley.schema.v1.Ok;
import io.parley.schema.v1.RevokeSessions;
import io.vertx.core.Future;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes commands: those of a domain on its bus address, the gateway's own here. Thread-safe. */
public final class Commands {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    private static final int COMMANDS_AT_ONCE = 20_000;

    private final LiveNodes nodes;
    private final Clock clock;
    private final Admission admission;
    private final Revocations revocations;
    private final Duration timeout;
    private final Guard chat;
    private final Guard presence;
    private final Guard signaling;

    public Commands(NodeContext node, LiveNodes nodes, Admission admission, Revocations revocations, Duration timeout) {
        this.nodes = nodes;
        this.clock = node.clock();
        this.admission = admission;
        this.revocations = revocations;
        this.timeout = timeout;
        Resilience resilience = new Resilience(node.meters(), node.clock());
        this.chat = guard(resilience, node.settings(), "chat", timeout);
        this.presence = guard(resilience, node.settings(), "presence", timeout);
        this.signaling = guard(resilience, node.settings(), "signaling", timeout);
    }

    private static Guard guard(Resilience resilience, Settings settings, String domain, Duration timeout) {
        return resilience.guard(domain, GuardConfig.from(settings, domain, timeout, COMMANDS_AT_ONCE));
    }

    /** Fails with a {@link Refusal}, always: what else goes wrong is logged here with its reference. */
    public Future<Ok> execute(ApiMethod method, Cmd cmd, Principal who, Origin origin) {
        Command command = Command.newBuilder()
                .setCaller(caller(who, origin))
                .setRequestId(origin.requestId())
                .setDeadlineWallMillis(clock.wallMillis() + timeout.toMillis())
                .setCmd(cmd)
                .build();
        Future<Ok> answer = switch (method.route().getDomain()) {
            case GATEWAY -> own(cmd, who);
            case CHAT -> ask(new Domain(CommandContracts.CHAT_ROLE, CommandContracts.CHAT, chat), method, command);
            case PRESENCE ->
                ask(new Domain(CommandContracts.PRESENCE_ROLE, CommandContracts.PRESENCE, presence), method, command);
            case SIGNALING ->
                ask(
                        new Domain(CommandContracts.SIGNALING_ROLE, CommandContracts.SIGNALING, signaling),
                        method,
                        command);
            case UNRECOGNIZED -> Future.failedFuture(Refusal.of(ErrorCode.UNKNOWN_COMMAND));
        };
        return answer.recover(failure -> Future.failedFuture(refusal(failure, method.name(), origin)));
    }

    /** What a client is told of a failure. */
    public static Refusal refusal(Throwable failure, String what, Origin origin) {
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        ErrorCode code = Failures.code(failure);
        LOG.atWarn()
                .addKeyValue("request_id", origin.requestId())
                .addKeyValue("command", what)
                .setCause(code == ErrorCode.INTERNAL ? failure : null)
                .log("command failed: {} {}", code, failure.toString());
        return Refusal.after(code, 1_000);
    }

    /** The caller as domains see it. */
    public static Caller caller(Principal who, Origin origin) {
        return Caller.newBuilder()
                .setTenant(who.tenant())
                .setUserId(who.userId())
                .setSessionId(origin.sessionId())
                .setDeviceId(origin.deviceId())
                .addAllRoles(who.roles())
                .setGuest(who.isGuest())
                .setName(who.name())
                .build();
    }

    /** Who serves a command, and what keeps a failing one from holding up the gateway. */
    private record Domain(String role, Request<Command, Outcome> contract, Guard guard) {}

    private Future<Ok> ask(Domain domain, ApiMethod method, Command command) {
        Cmd cmd = command.getCmd();
        boolean repeatable = method.onlyReads() || !cmd.getKey().isEmpty() || cmd.hasSendMessage();
        return domain.guard()
                .call(() -> nodes.askRole(domain.role(), domain.contract(), command, timeout, repeatable))
                .compose(outcome -> outcome.hasOk()
                        ? Future.succeededFuture(outcome.getOk())
                        : Future.failedFuture(Refusal.fromError(outcome.getError())));
    }

    private Future<Ok> own(Cmd cmd, Principal who) {
        return switch (cmd.getCommandCase()) {
            case GET_LIMITS ->
                admission
                        .limitsOf(who)
                        .map(policies -> Ok.newBuilder()
                                .setGetLimits(LimitPolicies.newBuilder().addAllPolicies(policies))
                                .build());
            case REVOKE_SESSIONS -> revoke(cmd.getRevokeSessions(), who);
            default ->
                Future.failedFuture(Refusal.of(ErrorCode.UNKNOWN_COMMAND, "this command belongs to a WebSocket"));
        };
    }

    private Future<Ok> revoke(RevokeSessions request, Principal who) {
        String userId = request.getUserId().isEmpty() ? who.userId() : request.getUserId();
        if (!userId.equals(who.userId()) && !who.isAdmin()) {
            return Future.failedFuture(Refusal.of(ErrorCode.FORBIDDEN, "only admins end the sessions of other users"));
        }
        return revocations
                .revoke(who.tenant(), userId)
                .map(Ok.newBuilder()
                        .setRevokeSessions(Done.getDefaultInstance())
                        .build());
    }
}
