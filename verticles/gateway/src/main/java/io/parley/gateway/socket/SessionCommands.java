package io.parley.gateway.socket;

import com.google.protobuf.util.Timestamps;
import io.parley.gateway.command.Commands;
import io.parley.gateway.command.Origin;
import io.parley.gateway.contract.Api;
import io.parley.kernel.auth.Principal;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.Done;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.GetMe;
import io.parley.schema.v1.Hello;
import io.parley.schema.v1.HelloResult;
import io.parley.schema.v1.LimitPolicy;
import io.parley.schema.v1.Ok;
import io.parley.schema.v1.Refresh;
import io.parley.schema.v1.RefreshResult;
import io.parley.schema.v1.Route;
import io.parley.schema.v1.Subscribe;
import io.parley.schema.v1.SubscribeResult;
import io.parley.schema.v1.User;
import io.vertx.core.Future;
import java.util.List;

/**
 * The commands that belong to a socket: hello, refresh, streams, presence watches. Owned by the socket's event loop.
 */
final class SessionCommands {
    private final ClientSession session;
    private final SocketServices services;

    SessionCommands(ClientSession session, SocketServices services) {
        this.session = session;
        this.services = services;
    }

    boolean serves(Cmd cmd) {
        return switch (cmd.getCommandCase()) {
            case REFRESH, SUBSCRIBE, UNSUBSCRIBE, WATCH_PRESENCE, UNWATCH_PRESENCE -> true;
            default -> false;
        };
    }

    Future<Ok> execute(Cmd cmd, Principal who, Origin origin) {
        return switch (cmd.getCommandCase()) {
            case REFRESH -> {
                session.refreshBegins();
                yield refresh(cmd.getRefresh(), who).onComplete(_ -> session.refreshEnds(), _ -> session.refreshEnds());
            }
            case SUBSCRIBE ->
                services.streams()
                        .subscribe(session, Commands.caller(who, origin), cmd.getSubscribe())
                        .map(result -> Ok.newBuilder().setSubscribe(result).build());
            case UNSUBSCRIBE -> {
                services.streams()
                        .unsubscribe(
                                session,
                                Commands.caller(who, origin),
                                cmd.getUnsubscribe().getStream());
                yield Future.succeededFuture(Ok.newBuilder()
                        .setUnsubscribe(Done.getDefaultInstance())
                        .build());
            }
            case WATCH_PRESENCE -> watch(cmd, who, origin);
            case UNWATCH_PRESENCE -> {
                session.watch().remove(cmd.getUnwatchPresence().getUserIdsList(), Commands.caller(who, origin));
                yield Future.succeededFuture(Ok.newBuilder()
                        .setUnwatchPresence(Done.getDefaultInstance())
                        .build());
            }
            default -> Future.failedFuture(Refusal.of(ErrorCode.UNKNOWN_COMMAND));
        };
    }

    /** Who it is, whether they may come in, where their streams stand. Until its answer nothing else is sent. */
    Future<Ok> hello(Hello hello, Origin first) {
        return services.authenticator()
                .authenticate(hello.getToken())
                .compose(who -> services.admission()
                        .admit(who, Route.Class.AUTH)
                        .compose(_ -> enter(hello, who))
                        .compose(_ -> welcome(hello, who, session.origin())));
    }

    private Future<Void> enter(Hello hello, Principal who) {
        if (session.isClosed()) {
            return Future.failedFuture(Refusal.of(ErrorCode.DRAINING));
        } else if (!services.census().enter(who)) {
            return Future.failedFuture(Refusal.after(ErrorCode.CONNECTION_LIMIT, 30_000));
        }
        session.entered(who, hello.getDeviceId(), hello.getPresence());
        return Future.succeededFuture();
    }

    private Future<Ok> welcome(Hello hello, Principal who, Origin origin) {
        Caller caller = Commands.caller(who, origin);
        Future<User> user = profile(who, origin);
        Future<List<LimitPolicy>> limits = services.admission().limitsOf(who);
        List<Future<SubscribeResult>> streams = hello.getResumeList().stream()
                .map(subscribe -> resume(caller, subscribe))
                .toList();
        return Future.all(user, limits, Future.join(streams)).map(_ -> {
            HelloResult.Builder result = HelloResult.newBuilder()
                    .setSessionId(session.sessionId())
                    .setUser(user.result())
                    .addAllRoles(who.roles())
                    .setTenant(who.tenant())
                    .setHeartbeatMs((int) session.heartbeat().toMillis())
                    .setTokenTtlMs(ttlMillis(who))
                    .addAllLimits(limits.result())
                    .setServerTime(Timestamps.fromMillis(services.clock().wallMillis()));
            streams.forEach(stream -> result.addStreams(stream.result()));
            return Ok.newBuilder().setHello(result).build();
        });
    }

    /** Chat knows the profile; without chat the token has to do, and the socket opens all the same. */
    private Future<User> profile(Principal who, Origin origin) {
        Cmd cmd = Cmd.newBuilder().setGetMe(GetMe.getDefaultInstance()).build();
        return services.commands()
                .execute(Api.contract().named("GetMe"), cmd, who, origin)
                .map(ok -> ok.getGetMe().getUser())
                .otherwise(User.newBuilder()
                        .setId(who.userId())
                        .setName(who.name())
                        .setGuest(who.isGuest())
                        .build());
    }

    /** A stream that is refused does not keep the others from being resumed. */
    private Future<SubscribeResult> resume(Caller caller, Subscribe subscribe) {
        return services.streams()
                .subscribe(session, caller, subscribe)
                .otherwise(failure -> SubscribeResult.newBuilder()
                        .setStream(subscribe.getStream())
                        .setLost(SubscribeResult.Lost.REFUSED)
                        .setError(Commands.refusal(failure, "Hello", session.origin())
                                .code()
                                .getNumber())
                        .build());
    }

    private Future<Ok> refresh(Refresh refresh, Principal who) {
        return services.authenticator().authenticate(refresh.getToken()).compose(fresh -> {
            if (!fresh.isSamePersonAs(who)) {
                return Future.failedFuture(
                        Refusal.of(ErrorCode.TOKEN_INVALID, "the token is of another user or tenant"));
            }
            return services.admission().admit(fresh, Route.Class.AUTH).map(_ -> {
                session.refreshed(fresh);
                return Ok.newBuilder()
                        .setRefresh(RefreshResult.newBuilder().setTokenTtlMs(ttlMillis(fresh)))
                        .build();
            });
        });
    }

    /** First listen, then read: a change in between comes twice rather than never. */
    private Future<Ok> watch(Cmd cmd, Principal who, Origin origin) {
        return session.watch()
                .add(cmd.getWatchPresence().getUserIdsList(), Commands.caller(who, origin))
                .compose(_ -> services.commands().execute(Api.contract().of(cmd).orElseThrow(), cmd, who, origin));
    }

    /** Never 0, which would say that the token does not expire: one that lives by the leeway alone is due at once. */
    private int ttlMillis(Principal who) {
        long left = who.expiresAtMillis() - services.clock().wallMillis();
        return Math.clamp(left, 1, Integer.MAX_VALUE);
    }
}
