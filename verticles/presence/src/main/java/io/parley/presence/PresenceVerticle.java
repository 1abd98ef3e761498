package io.parley.presence;

import io.micrometer.core.instrument.Counter;
import io.parley.kernel.bus.Refusal;
import io.parley.kernel.contract.CommandContracts;
import io.parley.kernel.contract.CommandServer;
import io.parley.kernel.contract.StreamContracts;
import io.parley.kernel.node.NodeContext;
import io.parley.presence.api.PresenceWire;
import io.parley.presence.domain.Activity;
import io.parley.presence.domain.Changes;
import io.parley.presence.domain.UserState;
import io.parley.presence.domain.Visibility;
import io.parley.presence.store.PresenceStore;
import io.parley.presence.store.PresenceStore.Lease;
import io.parley.presence.store.PresenceStore.UserKey;
import io.parley.schema.Clock;
import io.parley.schema.Limits;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.bus.v1.Command;
import io.parley.schema.bus.v1.LeaseBatch;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.v1.Done;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Ok;
import io.parley.schema.v1.Presences;
import io.parley.schema.v1.SetPresence;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves presence commands and leases, sweeps what ran out, and tells changes. Several may run; each change is told
 * once.
 */
final class PresenceVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(PresenceVerticle.class);

    private final NodeContext node;
    private final PresenceStore store;
    private final PresenceConfig config;
    private final Clock clock;
    private final Changes<UserKey> changes = new Changes<>(Limits.PRESENCE_CHANGES_PENDING_MAX);
    private final Counter told;
    private boolean sweeping;

    PresenceVerticle(NodeContext node, PresenceStore store, PresenceConfig config) {
        this.node = node;
        this.store = store;
        this.config = config;
        this.clock = node.clock();
        this.told = node.meters().counter("parley.presence.changes.told");
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(config.flush().toMillis(), _ -> flush());
        vertx.setPeriodic(config.sweep().toMillis(), _ -> sweep());
        return Future.all(
                CommandServer.serve(vertx.eventBus(), CommandContracts.PRESENCE.at(node.nodeId()), this::execute)
                        .completion(),
                StreamContracts.LEASES
                        .at(node.nodeId())
                        .serve(vertx.eventBus(), this::renew)
                        .completion());
    }

    private Future<Ok> execute(Command command) {
        Caller caller = command.getCaller();
        var cmd = command.getCmd();
        return switch (cmd.getCommandCase()) {
            case SET_PRESENCE -> set(caller, cmd.getSetPresence()).map(result(Ok.Builder::setSetPresence));
            case QUERY_PRESENCE ->
                read(caller, cmd.getQueryPresence().getUserIdsList()).map(result(Ok.Builder::setQueryPresence));
            case WATCH_PRESENCE ->
                read(caller, cmd.getWatchPresence().getUserIdsList()).map(result(Ok.Builder::setWatchPresence));
            default -> Future.failedFuture(Refusal.of(ErrorCode.UNKNOWN_COMMAND));
        };
    }

    private Future<Presences> set(Caller caller, SetPresence command) {
        long now = clock.wallMillis();
        UserKey user = new UserKey(caller.getTenant(), caller.getUserId());
        return whileStoreAnswers(store.read(List.of(user)))
                .map(states -> PresenceWire.wish(command, states.getFirst().wish(), now))
                .compose(wish -> whileStoreAnswers(store.prefer(user, wish, now)))
                .onSuccess(state -> tell(Map.of(user, state)))
                .map(state -> Presences.newBuilder()
                        .addItems(PresenceWire.presence(user.userId(), Visibility.toSelf(state, now)))
                        .build());
    }

    private Future<Presences> read(Caller caller, List<String> userIds) {
        long now = clock.wallMillis();
        List<UserKey> users =
                userIds.stream().map(id -> new UserKey(caller.getTenant(), id)).toList();
        return whileStoreAnswers(store.read(users)).map(states -> {
            Presences.Builder presences = Presences.newBuilder();
            for (int i = 0; i < users.size(); i++) {
                String userId = users.get(i).userId();
                Visibility visible = userId.equals(caller.getUserId())
                        ? Visibility.toSelf(states.get(i), now)
                        : Visibility.toOthers(states.get(i), now);
                presences.addItems(PresenceWire.presence(userId, visible));
            }
            return presences.build();
        });
    }

    private Future<Done> renew(LeaseBatch batch) {
        long now = clock.wallMillis();
        Map<UserKey, List<Lease>> leases = new HashMap<>();
        for (LeaseBatch.Lease lease : batch.getLeasesList()) {
            leases.computeIfAbsent(new UserKey(lease.getTenant(), lease.getUserId()), _ -> new ArrayList<>(1))
                    .add(lease(lease, now + batch.getTtlMs(), now));
        }
        return whileStoreAnswers(store.apply(leases, now, this::tell)).map(Done.getDefaultInstance());
    }

    /** The device is its session too: two sockets of one device never share a lease. */
    private Lease lease(LeaseBatch.Lease lease, long expiresAtMillis, long now) {
        String device = lease.getDeviceId() + "/" + lease.getSessionId();
        if (lease.getClosed()) {
            return new Lease(device, Activity.NONE, now + config.grace().toMillis());
        }
        Activity wanted = PresenceWire.ofLease(lease.getWanted());
        Duration idle = Duration.ofMillis(lease.getIdleMs());
        return new Lease(device, Activity.ofDevice(wanted, idle, config.awayAfter()), expiresAtMillis);
    }

    private void sweep() {
        if (sweeping) {
            return; // a slow store gets one question at a time
        }
        sweeping = true;
        store.expire(clock.wallMillis(), Limits.PRESENCE_SWEEP_USERS_MAX, this::tell)
                .onFailure(failure -> LOG.warn("presence sweep failed: {}", failure.toString()))
                .onComplete(_ -> sweeping = false, _ -> sweeping = false);
    }

    private void tell(Map<UserKey, UserState> states) {
        long now = clock.wallMillis();
        states.forEach((user, state) -> {
            if (changes.add(user, Visibility.toOthers(state, now))) {
                flush();
            }
        });
    }

    private void flush() {
        long now = clock.wallMillis();
        List<Publication> publications = new ArrayList<>();
        changes.drain()
                .forEach((user, visible) ->
                        publications.add(PresenceWire.publication(user.tenant(), user.userId(), visible, now)));
        if (!publications.isEmpty()) {
            told.increment(publications.size());
            node.publisher().publish(publications);
        }
    }

    private static <T> Future<T> whileStoreAnswers(Future<T> answer) {
        return answer.recover(failure -> {
            LOG.warn("presence store failed: {}", failure.toString());
            return Future.failedFuture(Refusal.after(ErrorCode.UNAVAILABLE, Limits.STORE_RETRY_AFTER_MILLIS));
        });
    }

    private static Function<Presences, Ok> result(BiFunction<Ok.Builder, Presences, Ok.Builder> set) {
        return presences -> set.apply(Ok.newBuilder(), presences).build();
    }
}
