package io.parley.control;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.parley.schema.control.NodeControlMethods;
import io.parley.schema.control.v1.Command;
import io.parley.schema.control.v1.CommandResult;
import io.parley.schema.control.v1.ControlFrame;
import io.parley.schema.control.v1.HeldSession;
import io.parley.schema.control.v1.Load;
import io.parley.schema.control.v1.NodeFrame;
import io.parley.schema.control.v1.Registration;
import io.parley.schema.control.v1.RoomEvent;
import io.parley.schema.control.v1.Welcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A media node without media: real gRPC, answers as a test says. */
final class ScriptedNode implements AutoCloseable, StreamObserver<ControlFrame> {
    final CompletableFuture<Welcome> welcome = new CompletableFuture<>();
    final CompletableFuture<Throwable> ended = new CompletableFuture<>();
    final List<Command> commands = new CopyOnWriteArrayList<>();
    volatile Function<Command, CommandResult.Builder> answer =
            command -> CommandResult.newBuilder().setAnswer("answer");
    private final ManagedChannel channel;
    private final StreamObserver<NodeFrame> up;

    ScriptedNode(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        up = ClientCalls.asyncBidiStreamingCall(channel.newCall(NodeControlMethods.ATTACH, CallOptions.DEFAULT), this);
    }

    /** Attaches, says that it is well, and waits for the welcome. */
    static ScriptedNode attached(int port, String id, String incarnation, List<HeldSession> held) {
        var node = new ScriptedNode(port);
        node.send(NodeFrame.newBuilder()
                .setRegistration(Registration.newBuilder()
                        .setNodeId(id)
                        .setIncarnation(incarnation)
                        .setRegion("eu")
                        .addEndpoints("127.0.0.1:9")
                        .setParticipantLimit(100)
                        .addAllHeld(held)));
        node.welcome.join();
        node.load(0);
        return node;
    }

    void load(double load) {
        send(NodeFrame.newBuilder().setLoad(Load.newBuilder().setLoad(load).setHealthy(true)));
    }

    void event(RoomEvent.Builder event) {
        send(NodeFrame.newBuilder().setEvent(event));
    }

    synchronized void send(NodeFrame.Builder frame) {
        up.onNext(frame.build());
    }

    @Override
    public void onNext(ControlFrame frame) {
        if (frame.hasWelcome()) {
            welcome.complete(frame.getWelcome());
            return;
        }
        Command command = frame.getCommand();
        commands.add(command);
        send(NodeFrame.newBuilder().setResult(answer.apply(command).setId(command.getId())));
    }

    @Override
    public void onError(Throwable failure) {
        ended.complete(failure);
    }

    @Override
    public void onCompleted() {
        ended.complete(new IllegalStateException("completed"));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
