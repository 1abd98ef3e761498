package io.parley.chat;

import io.parley.kernel.contract.CommandContracts;
import io.parley.kernel.contract.CommandServer;
import io.parley.kernel.contract.StreamContracts;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Serves chat commands and stream questions. Keeps only what may be lost: queues of sends, people typing. */
final class ChatVerticle extends VerticleBase {
    private final ChatParts parts;

    ChatVerticle(ChatParts parts) {
        this.parts = parts;
    }

    @Override
    public Future<?> start() {
        var reader = new Reader(parts);
        var users = new Users(parts);
        var sends = new SendBatcher(context, parts, new SendCommit(parts));
        var router = new CommandRouter(parts, users, sends, reader);
        var streams = new StreamServer(parts, reader, users);
        var bus = vertx.eventBus();
        return Future.all(
                CommandServer.serve(bus, CommandContracts.CHAT, router::execute).completion(),
                StreamContracts.AUTHORIZE_CHANNEL.serve(bus, streams::authorize).completion(),
                StreamContracts.READ_LOG.serve(bus, streams::read).completion(),
                StreamContracts.HEADS.serve(bus, streams::heads).completion());
    }
}
