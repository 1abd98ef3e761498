package io.parley.media.node;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.parley.schema.control.NodeControlMethods;
import io.parley.schema.control.SessionToken;
import io.parley.schema.control.SessionTokenSigner;
import io.parley.schema.control.v1.Command;
import io.parley.schema.control.v1.CommandResult;
import io.parley.schema.control.v1.ControlFrame;
import io.parley.schema.control.v1.Join;
import io.parley.schema.control.v1.Load;
import io.parley.schema.control.v1.NodeFrame;
import io.parley.schema.control.v1.Registration;
import io.parley.schema.control.v1.RoomEvent;
import io.parley.schema.control.v1.Welcome;
import io.parley.schema.v1.ParticipantRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A control plane that does what a test says: a real gRPC server on loopback, which can be killed and started again.
 */
public final class TestControl implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    public final List<Registration> registrations = new CopyOnWriteArrayList<>();
    public final List<Load> loads = new CopyOnWriteArrayList<>();
    public final List<RoomEvent> events = new CopyOnWriteArrayList<>();
    public final List<CommandResult> results = new CopyOnWriteArrayList<>();
    private final SessionTokenSigner signer = new SessionTokenSigner(fresh(), "test");
    private final Map<Long, CompletableFuture<CommandResult>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile @Nullable StreamObserver<ControlFrame> node;
    private volatile @Nullable Server server;
    private volatile int port;

    public TestControl() throws IOException {
        open(0);
    }

    private void open(int wanted) throws IOException {
        var service = ServerServiceDefinition.builder(NodeControlMethods.SERVICE)
                .addMethod(NodeControlMethods.ATTACH, ServerCalls.asyncBidiStreamingCall(this::attach))
                .build();
        var started = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted))
                .addService(service)
                .build()
                .start();
        server = started;
        port = started.getPort();
    }

    public int port() {
        return port;
    }

    private StreamObserver<NodeFrame> attach(StreamObserver<ControlFrame> down) {
        return new StreamObserver<>() {
            @Override
            public void onNext(NodeFrame frame) {
                take(frame, down);
            }

            @Override
            public void onError(Throwable gone) {
                // the node will be back
            }

            @Override
            public void onCompleted() {
                down.onCompleted();
            }
        };
    }

    private void take(NodeFrame frame, StreamObserver<ControlFrame> down) {
        switch (frame.getFrameCase()) {
            case REGISTRATION -> {
                registrations.add(frame.getRegistration());
                down.onNext(ControlFrame.newBuilder()
                        .setWelcome(Welcome.newBuilder()
                                .addTokenKeys(signer.publicJwk())
                                .setHeartbeatMs(200))
                        .build());
                node = down;
            }
            case LOAD -> loads.add(frame.getLoad());
            case EVENT -> events.add(frame.getEvent());
            case RESULT -> {
                results.add(frame.getResult());
                var asker = waiting.remove(frame.getResult().getId());
                if (asker != null) {
                    asker.complete(frame.getResult());
                }
            }
            case FRAME_NOT_SET -> throw new IllegalStateException("an empty frame");
        }
    }

    /** Sends a command under the next id and waits for its answer. */
    public CommandResult ask(Command.Builder command) {
        var answer = new CompletableFuture<CommandResult>();
        long id = ids.incrementAndGet();
        waiting.put(id, answer);
        send(command.setId(id));
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    public void send(Command.Builder command) {
        var open = Objects.requireNonNull(node, "no node is attached");
        synchronized (this) {
            open.onNext(ControlFrame.newBuilder().setCommand(command).build());
        }
    }

    /** A Join with a good token. */
    public Join.Builder join(String sfu, String room, String participant, String offer) {
        return Join.newBuilder()
                .setToken(token(sfu, room, participant))
                .setRoom(room)
                .setParticipantId(participant)
                .setRole(ParticipantRole.VIEWER)
                .setOffer(offer);
    }

    public String token(String sfu, String room, String participant) {
        long end = Instant.now().plusSeconds(3_600).getEpochSecond();
        return signer.sign(new SessionToken(room, participant, ParticipantRole.VIEWER, sfu, end));
    }

    /** Ends without a word, as a crash would. */
    public void kill() {
        node = null;
        var running = server;
        server = null;
        try {
            if (running != null && !running.shutdownNow().awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Comes back at the same port. */
    public void restart() throws IOException {
        open(port);
    }

    @Override
    public void close() {
        kill();
    }

    private static KeyPair fresh() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
