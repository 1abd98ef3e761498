package io.parley.media.node.control;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.parley.media.node.rooms.Session;
import io.parley.schema.control.SessionTokenException;
import io.parley.schema.control.SessionTokenVerifier;
import io.parley.schema.control.v1.Command;
import io.parley.schema.control.v1.CommandResult;
import io.parley.schema.control.v1.ControlFrame;
import io.parley.schema.control.v1.NodeFrame;
import io.parley.schema.control.v1.Welcome;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream to the control plane, from its call to its end. Everything happens on the link's thread. */
final class AttachStream implements ClientResponseObserver<NodeFrame, ControlFrame> {
    private static final Logger LOG = LoggerFactory.getLogger(AttachStream.class);
    private static final long HEARTBEAT_MIN = 100;
    private static final long HEARTBEAT_MAX = 5_000;
    private static final long HEARTBEAT = 1_000;

    private final ControlLink link;
    private final Commands commands;
    private final Executor thread;
    private final Answers answers = new Answers();
    private @Nullable ClientCallStreamObserver<NodeFrame> call;
    private boolean welcomed;
    private boolean over;
    /** Frames that were read and not asked for again: the next ones wait in the control plane. */
    private int owed;

    AttachStream(ControlLink link, Commands commands, Executor thread) {
        this.link = link;
        this.commands = commands;
        this.thread = thread;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<NodeFrame> stream) {
        call = stream;
        stream.disableAutoRequestWithInitial(1);
        stream.setOnReadyHandler(() -> {
            askForMore();
            link.pump();
        });
    }

    void register(List<Session> held) {
        if (!over && call != null) {
            call.onNext(link.registration(held));
        }
    }

    /** Whether the stream takes a frame without keeping it in memory. */
    boolean isRoomy() {
        return !over && call != null && call.isReady();
    }

    /** Sends a frame if the stream takes it now; else it is not even made. */
    void offer(Supplier<NodeFrame> frame) {
        if (isRoomy() && call != null) {
            call.onNext(frame.get());
        }
    }

    @Override
    public void onNext(ControlFrame frame) {
        owed++;
        switch (frame.getFrameCase()) {
            case WELCOME -> welcome(frame.getWelcome());
            case COMMAND -> {
                if (welcomed) {
                    command(frame.getCommand());
                } else {
                    giveUp("a command came before the welcome");
                }
            }
            case FRAME_NOT_SET -> LOG.debug("a frame of a newer control plane is passed over");
        }
        askForMore();
    }

    private void welcome(Welcome welcome) {
        try {
            commands.trust(new SessionTokenVerifier(welcome.getTokenKeysList()));
        } catch (SessionTokenException unusable) {
            giveUp("its keys cannot be used: " + unusable.getMessage());
            return;
        }
        if (!welcomed) {
            welcomed = true;
            long wanted = welcome.getHeartbeatMs() == 0 ? HEARTBEAT : welcome.getHeartbeatMs();
            link.welcomed(this, Math.clamp(wanted, HEARTBEAT_MIN, HEARTBEAT_MAX));
        }
    }

    private void command(Command command) {
        long id = command.getId();
        if (!answers.begin(id)) {
            answers.repeated(id).ifPresent(this::send);
            return;
        }
        var _ = commands.run(command)
                .thenAcceptAsync(
                        result -> {
                            var answer = result.setId(id).build();
                            answers.give(answer);
                            send(answer);
                            askForMore();
                        },
                        thread);
    }

    private void send(CommandResult result) {
        if (!over && call != null) {
            call.onNext(NodeFrame.newBuilder().setResult(result).build());
        }
    }

    /** Reads on unless too much is being done, or the control plane does not read what we say. */
    private void askForMore() {
        if (owed > 0 && isRoomy() && call != null && answers.underWay() < Limits.COMMANDS_UNDER_WAY) {
            call.request(owed);
            owed = 0;
        }
    }

    void giveUpWithoutWelcome() {
        if (!welcomed) {
            giveUp("no welcome came");
        }
    }

    private void giveUp(String reason) {
        if (!over && call != null) {
            call.cancel(reason, null); // onError follows
        }
    }

    /** Says goodbye: the control plane need not wait for the heartbeat that does not come. */
    void finish() {
        if (!over && call != null) {
            over = true;
            call.onCompleted();
        }
    }

    @Override
    public void onError(Throwable failure) {
        over = true;
        var status = Status.fromThrowable(failure);
        String words = status.getDescription();
        link.ended(this, status.getCode() + (words == null ? "" : ", " + words));
    }

    @Override
    public void onCompleted() {
        over = true;
        link.ended(this, "it ended the stream");
    }
}
