package io.parley.control;

import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.Gauge;
import io.parley.control.core.NodeFacts;
import io.parley.control.core.NodeState;
import io.parley.control.core.Registry;
import io.parley.kernel.node.NodeContext;
import io.parley.schema.control.v1.Command;
import io.parley.schema.control.v1.CommandResult;
import io.parley.schema.control.v1.ControlFrame;
import io.parley.schema.control.v1.HeldSession;
import io.parley.schema.control.v1.Load;
import io.parley.schema.control.v1.NodeFrame;
import io.parley.schema.control.v1.Registration;
import io.parley.schema.control.v1.RoomEvent;
import io.parley.schema.control.v1.Welcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The media nodes attached to this process. Everything happens on one context, whoever calls. */
final class MediaNodes {
    private static final Logger LOG = LoggerFactory.getLogger(MediaNodes.class);
    private static final Duration REPORT_LAG = Duration.ofMillis(1_500);
    private static final int HEARTBEAT_MILLIS = 1_000;
    private static final int NODES_MAX = 1_000;
    private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Told of what nodes say, in the order of each node. */
    interface Listener {
        void attached(NodeFacts node, List<HeldSession> held);

        void event(String nodeId, RoomEvent event);
    }

    private final NodeContext node;
    private final Context context;
    private final Registry registry;
    private final Map<String, NodeLink> links = new HashMap<>();
    private @Nullable Listener listener;

    MediaNodes(NodeContext node, ControlConfig config, Context context) {
        this.node = node;
        this.context = context;
        this.registry = new Registry(config.silentAfter(), config.lostAfter(), REPORT_LAG);
        for (NodeState state : NodeState.values()) {
            Gauge.builder("parley.control.nodes", () -> count(state))
                    .tag("state", state.name())
                    .register(node.meters());
        }
    }

    void listener(Listener told) {
        listener = told;
    }

    Registry registry() {
        return registry;
    }

    long nowMillis() {
        return node.clock().monoNanos() / 1_000_000;
    }

    private volatile Map<NodeState, Integer> counted = Map.of();

    private int count(NodeState state) {
        return counted.getOrDefault(state, 0);
    }

    void recount() {
        Map<NodeState, Integer> counts = new HashMap<>();
        registry.all(nowMillis()).forEach(each -> counts.merge(each.state(), 1, Integer::sum));
        counted = Map.copyOf(counts);
    }

    void run(Runnable task) {
        context.runOnContext(_ -> task.run());
    }

    /** Runs on the control plane's context, and gives what comes of it. */
    <T> Future<T> owned(Supplier<Future<T>> task) {
        Promise<T> answer = Promise.promise();
        run(() -> Future.succeededFuture().compose(_ -> task.get()).onComplete(answer));
        return answer.future();
    }

    boolean isAttached(String nodeId) {
        return links.containsKey(nodeId);
    }

    /** Fails when the node is not attached here. */
    Optional<Future<CommandResult>> ask(String nodeId, Command.Builder command, long deadlineWallMillis) {
        return Optional.ofNullable(links.get(nodeId))
                .map(link -> link.ask(command, node.clock().wallMillis(), deadlineWallMillis));
    }

    /** What gRPC calls for each stream: frames are taken one by one, the next only when one is done with. */
    ServerCallHandler<NodeFrame, ControlFrame> streams(SessionTokens tokens) {
        return ServerCalls.asyncBidiStreamingCall(down -> {
            var call = (ServerCallStreamObserver<ControlFrame>) down;
            call.disableAutoRequest();
            call.request(1);
            return new Stream(call, tokens);
        });
    }

    /** One node's stream, from its registration to its end. */
    private final class Stream implements StreamObserver<NodeFrame> {
        private final ServerCallStreamObserver<ControlFrame> call;
        private final SessionTokens tokens;
        private final NodeLink link;
        private @Nullable String nodeId;

        Stream(ServerCallStreamObserver<ControlFrame> call, SessionTokens tokens) {
            this.call = call;
            this.tokens = tokens;
            this.link = new NodeLink(node.vertx(), call);
            call.setOnCancelHandler(this::over);
        }

        @Override
        public void onNext(NodeFrame frame) {
            run(() -> {
                take(frame);
                call.request(1);
            });
        }

        private void take(NodeFrame frame) {
            String id = nodeId;
            if (id == null) {
                register(frame);
                return;
            } else if (links.get(id) != link) {
                return; // replaced by a newer stream
            }
            switch (frame.getFrameCase()) {
                case LOAD -> registry.report(id, report(frame.getLoad()), nowMillis());
                case RESULT -> link.answered(frame.getResult());
                case EVENT -> tell().event(id, frame.getEvent());
                case REGISTRATION, FRAME_NOT_SET -> LOG.warn("media node {} sent a frame out of place", id);
            }
        }

        private void register(NodeFrame frame) {
            Registration said = frame.getRegistration();
            Optional<String> wrong = wrong(frame);
            if (wrong.isPresent()) {
                call.onError(
                        Status.INVALID_ARGUMENT.withDescription(wrong.get()).asRuntimeException());
                return;
            }
            String id = said.getNodeId();
            nodeId = id;
            NodeLink before = links.put(id, link);
            if (before != null) {
                before.replace();
            }
            var facts = new NodeFacts(
                    id,
                    said.getIncarnation(),
                    said.getRegion(),
                    said.getEndpointsCount() == 0 ? "" : said.getEndpoints(0),
                    Math.max(1, said.getParticipantLimit()));
            registry.attach(facts, nowMillis());
            link.send(ControlFrame.newBuilder()
                    .setWelcome(Welcome.newBuilder()
                            .addTokenKeys(tokens.publicKey())
                            .setHeartbeatMs(HEARTBEAT_MILLIS))
                    .build());
            LOG.info("media node {} attached: {} in region '{}'", id, facts.endpoint(), facts.region());
            tell().attached(facts, said.getHeldList());
            recount();
        }

        private Optional<String> wrong(NodeFrame frame) {
            Registration said = frame.getRegistration();
            if (!frame.hasRegistration()) {
                return Optional.of("the first frame of a node is its registration");
            } else if (!NODE_ID.matcher(said.getNodeId()).matches()
                    || said.getIncarnation().isEmpty()) {
                return Optional.of("a node has an id of 1 to 64 of A-Z a-z 0-9 _ - and an incarnation");
            } else if (links.size() >= NODES_MAX && !links.containsKey(said.getNodeId())) {
                return Optional.of("too many media nodes on this control plane");
            }
            return Optional.empty();
        }

        @Override
        public void onError(Throwable failure) {
            over();
        }

        @Override
        public void onCompleted() {
            over();
            run(call::onCompleted);
        }

        private void over() {
            run(() -> {
                link.close();
                String id = nodeId;
                if (id != null && links.remove(id, link)) {
                    LOG.warn("media node {} detached; its media may flow on", id);
                    registry.detach(id);
                    recount();
                }
            });
        }
    }

    private Listener tell() {
        Listener told = listener;
        if (told == null) {
            throw new IllegalStateException("nobody listens to media nodes yet");
        }
        return told;
    }

    private static Registry.Report report(Load load) {
        return new Registry.Report(load.getLoad(), load.getParticipants(), load.getHealthy(), load.getDraining());
    }
}
