package io.parley.chat;

import io.parley.chat.domain.TypingBook;
import io.parley.chat.store.PgMaintenance;
import io.parley.kernel.config.Settings;
import io.parley.kernel.node.NodeContext;
import io.parley.kernel.node.Role;
import io.parley.kernel.store.Transactions;
import io.parley.schema.Limits;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** The chat part of a process. */
public final class ChatRole implements Role {
    private Supplier<Future<?>> undeploy = Future::succeededFuture;

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public void configure(Settings settings) {
        ChatConfig.from(settings);
    }

    @Override
    public Future<?> start(NodeContext node) {
        ChatConfig config = ChatConfig.from(node.settings());
        var transactions = new Transactions(
                "chat", node.vertx(), node.stores().postgres(), node.randomness(), config.answerLimit(), node.meters());
        var maintenance = new Maintenance(transactions, config, node.clock());
        return maintenance
                .createMonths()
                .compose(_ -> transactions.read(PgMaintenance::shared))
                .map(shared -> new ChatParts(
                        node.nodeId(),
                        config,
                        transactions,
                        node.publisher(),
                        new Cursors(config.cursorKey().orElse(shared.cursorKey())),
                        shared.inboxEpoch(),
                        node.clock(),
                        node.randomness(),
                        node.meters()))
                .compose(parts -> deploy(node, parts, maintenance));
    }

    @Override
    public Future<?> stop() {
        return undeploy.get();
    }

    private Future<?> deploy(NodeContext node, ChatParts parts, Maintenance maintenance) {
        long timer = node.vertx().setPeriodic(parts.config().maintenance().toMillis(), _ -> maintenance.run());
        undeploy = () -> {
            node.vertx().cancelTimer(timer);
            return Future.succeededFuture();
        };
        var typing = new TypingBook(Limits.CHAT_TYPING_MAX);
        var options = new DeploymentOptions().setInstances(parts.config().instances());
        return node.vertx()
                .deployVerticle(() -> new ChatVerticle(parts, typing), options)
                .onSuccess(id -> undeploy = () -> {
                    node.vertx().cancelTimer(timer);
                    return node.vertx().undeploy(id);
                });
    }
}
