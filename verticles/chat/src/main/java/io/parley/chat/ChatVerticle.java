package io.parley.chat;

import io.parley.chat.domain.TypingBook;
import io.parley.kernel.contract.CommandContracts;
import io.parley.kernel.contract.CommandServer;
import io.parley.kernel.contract.StreamContracts;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Serves chat commands and stream questions. Keeps only what may be lost: queues of sends, people typing. */
final class ChatVerticle extends VerticleBase {
    private static final long DELIVERED_FLUSH_MILLIS = 250;
    private static final long TYPING_EXPIRY_MILLIS = 500;
    private final ChatParts parts;
    private final TypingBook typists;

    /** The book of who is typing is shared by all verticles of the process. */
    ChatVerticle(ChatParts parts, TypingBook typists) {
        this.parts = parts;
        this.typists = typists;
    }

    @Override
    public Future<?> start() {
        var reader = new Reader(parts);
        var users = new Users(parts);
        var sends = new SendBatcher(context, parts, new SendCommit(parts));
        var typing = new TypingCommands(parts, reader, vertx.eventBus(), typists);
        var router = new CommandRouter(parts, users, sends, new Handlers(parts, reader, typing));
        var streams = new StreamServer(parts, reader, users);
        var delivered = new DeliveredMarks(parts);
        var bus = vertx.eventBus();
        String node = parts.nodeId();
        vertx.setPeriodic(DELIVERED_FLUSH_MILLIS, _ -> delivered.flush());
        vertx.setPeriodic(TYPING_EXPIRY_MILLIS, _ -> typing.expire());
        return Future.all(List.of(
                CommandServer.serve(bus, CommandContracts.CHAT.at(node), router::execute)
                        .completion(),
                StreamContracts.AUTHORIZE_CHANNEL
                        .at(node)
                        .serve(bus, streams::authorize)
                        .completion(),
                StreamContracts.READ_LOG.at(node).serve(bus, streams::read).completion(),
                StreamContracts.HEADS.at(node).serve(bus, streams::heads).completion(),
                StreamContracts.DELIVERED
                        .at(node)
                        .receive(bus, delivered::receive)
                        .completion(),
                typing.listen().completion()));
    }
}
