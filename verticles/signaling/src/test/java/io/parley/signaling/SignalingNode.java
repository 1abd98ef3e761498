package io.parley.signaling;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.kernel.cluster.SingleNode;
import io.parley.kernel.config.Settings;
import io.parley.kernel.contract.CommandContracts;
import io.parley.kernel.contract.RoomContracts;
import io.parley.kernel.contract.StreamContracts;
import io.parley.kernel.node.NodeContext;
import io.parley.kernel.node.Readiness;
import io.parley.kernel.store.Stores;
import io.parley.schema.SecureRandomness;
import io.parley.schema.SystemClock;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.bus.v1.Command;
import io.parley.schema.bus.v1.FocusCommand;
import io.parley.schema.bus.v1.FocusOutcome;
import io.parley.schema.bus.v1.Outcome;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.bus.v1.RoomReport;
import io.parley.schema.bus.v1.StreamAuthorize;
import io.parley.schema.bus.v1.StreamAuthorized;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.Error;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Ok;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.SfuAssignment;
import io.parley.testkit.TestPostgres;
import io.parley.testkit.TestRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.redis.client.Redis;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Signaling on real stores, with a focus and a chat that a test scripts. */
final class SignalingNode implements AutoCloseable {
    static final String ID = "test";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final Vertx vertx = Vertx.vertx();
    final List<Push> told = new CopyOnWriteArrayList<>();
    final List<FocusCommand> asked = new CopyOnWriteArrayList<>();
    /** Users who may read the channel "club"; a moderator's name ends with "mod". */
    final Set<String> members = ConcurrentHashMap.newKeySet();

    volatile Function<FocusCommand, FocusOutcome> focus = SignalingNode::places;
    private final SignalingRole role = new SignalingRole();

    SignalingNode(TestPostgres postgres, TestRedis redis) {
        Pool pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(6))
                .connectingTo(postgres.options())
                .using(vertx)
                .build();
        var context = new NodeContext(
                ID,
                vertx,
                new SingleNode(ID, Set.of("chat", "control", "signaling")),
                Settings.of(Map.of()),
                new Stores(pool, Redis.createClient(vertx, redis.url())),
                this::keep,
                new SimpleMeterRegistry(),
                new Readiness(),
                new SystemClock(),
                new SecureRandomness());
        Future.all(
                        role.start(context),
                        RoomContracts.FOCUS
                                .at(ID)
                                .serve(vertx.eventBus(), command -> {
                                    asked.add(command);
                                    return Future.succeededFuture(focus.apply(command));
                                })
                                .completion(),
                        StreamContracts.AUTHORIZE_CHANNEL
                                .at(ID)
                                .serve(vertx.eventBus(), question -> Future.succeededFuture(channel(question)))
                                .completion())
                .await();
    }

    private void keep(List<Publication> publications) {
        publications.forEach(publication -> told.add(publication.getPush()));
    }

    private static FocusOutcome places(FocusCommand command) {
        return FocusOutcome.newBuilder()
                .setAnswer("answer")
                .setAssignment(SfuAssignment.newBuilder()
                        .setSfuId("node-1")
                        .setRegion("eu")
                        .setToken("token of " + command.getParticipantId()))
                .build();
    }

    private StreamAuthorized channel(StreamAuthorize question) {
        String user = question.getCaller().getUserId();
        if (!members.contains(user)) {
            return StreamAuthorized.newBuilder()
                    .setError(Error.newBuilder()
                            .setCode(ErrorCode.CHANNEL_NOT_FOUND_VALUE)
                            .setName(ErrorCode.CHANNEL_NOT_FOUND.name()))
                    .build();
        }
        var answer = StreamAuthorized.newBuilder();
        if (user.endsWith("mod")) {
            answer.getOwnBuilder().addCapabilities("remove-members");
        }
        return answer.build();
    }

    static Caller user(String name) {
        return Caller.newBuilder().setTenant("t").setUserId(name).setName(name).build();
    }

    Outcome ask(Caller caller, Cmd.Builder cmd) {
        var command = Command.newBuilder().setCaller(caller).setRequestId("r").setCmd(cmd);
        return CommandContracts.SIGNALING
                .at(ID)
                .ask(vertx.eventBus(), command.build(), PATIENCE)
                .await();
    }

    Ok ok(String user, Cmd.Builder cmd) {
        Outcome outcome = ask(user(user), cmd);
        if (!outcome.hasOk()) {
            throw new AssertionError(outcome.getError());
        }
        return outcome.getOk();
    }

    /** The name of the refusal. */
    String refused(String user, Cmd.Builder cmd) {
        return ask(user(user), cmd).getError().getName();
    }

    void report(RoomReport.Builder report) {
        RoomContracts.REPORT
                .at(ID)
                .ask(vertx.eventBus(), report.setTenant("t").build(), PATIENCE)
                .await();
    }

    @Override
    public void close() {
        role.stop().await();
        vertx.close().await();
    }
}
