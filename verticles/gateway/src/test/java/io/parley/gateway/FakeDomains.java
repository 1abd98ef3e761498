package io.parley.gateway;

import io.parley.gateway.contract.Api;
import io.parley.gateway.contract.ApiMethod;
import io.parley.kernel.bus.Refusal;
import io.parley.kernel.contract.CommandContracts;
import io.parley.kernel.contract.CommandServer;
import io.parley.kernel.contract.StreamContracts;
import io.parley.kernel.node.NodeContext;
import io.parley.schema.bus.v1.Command;
import io.parley.schema.bus.v1.DeliveredBatch;
import io.parley.schema.bus.v1.LeaseBatch;
import io.parley.schema.bus.v1.StreamAuthorized;
import io.parley.schema.bus.v1.StreamSlice;
import io.parley.schema.v1.Channel;
import io.parley.schema.v1.ChannelResult;
import io.parley.schema.v1.Done;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Message;
import io.parley.schema.v1.MessageResult;
import io.parley.schema.v1.Ok;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.SentMessage;
import io.parley.schema.v1.User;
import io.parley.schema.v1.UserResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Chat and presence as a gateway sees them: they answer what a test tells them, and remember what they were asked. */
final class FakeDomains {
    final Queue<Command> asked = new ConcurrentLinkedQueue<>();
    final Queue<LeaseBatch> leases = new ConcurrentLinkedQueue<>();
    final BlockingQueue<DeliveredBatch> delivered = new LinkedBlockingQueue<>();
    /** Answers by name of the method; what is not here gets an empty result. */
    final Map<String, Future<Ok>> answers = new ConcurrentHashMap<>();
    /** Commands of these methods are answered when the promise completes. */
    final Map<String, Promise<Void>> gates = new ConcurrentHashMap<>();

    FakeDomains(NodeContext node) {
        var bus = node.vertx().eventBus();
        CommandServer.serve(bus, CommandContracts.CHAT.at(node.nodeId()), this::answer);
        CommandServer.serve(bus, CommandContracts.PRESENCE.at(node.nodeId()), this::answer);
        StreamContracts.AUTHORIZE_CHANNEL.at(node.nodeId()).serve(bus, question -> {
            var answer = StreamAuthorized.newBuilder().setHead(position(0));
            if (question.getStream().startsWith("ch:closed")) {
                answer.setError(Refusal.of(ErrorCode.CHANNEL_NOT_FOUND).toError(""));
            }
            return Future.succeededFuture(answer.build());
        });
        StreamContracts.READ_LOG
                .at(node.nodeId())
                .serve(
                        bus,
                        _ -> Future.succeededFuture(StreamSlice.newBuilder()
                                .setKnown(true)
                                .setHead(position(0))
                                .build()));
        StreamContracts.LEASES.at(node.nodeId()).serve(bus, batch -> {
            leases.add(batch);
            return Future.succeededFuture(Done.getDefaultInstance());
        });
        StreamContracts.DELIVERED.at(node.nodeId()).receive(bus, delivered::add);
    }

    static Position position(long offset) {
        return Position.newBuilder().setEpoch("e1").setOffset(offset).build();
    }

    private Future<Ok> answer(Command command) {
        asked.add(command);
        ApiMethod method = Api.contract().of(command.getCmd()).orElseThrow();
        Future<Void> gate =
                gates.containsKey(method.name()) ? gates.get(method.name()).future() : Future.succeededFuture();
        return gate.compose(_ -> answers.getOrDefault(method.name(), byDefault(command, method)));
    }

    private static Future<Ok> byDefault(Command command, ApiMethod method) {
        Ok.Builder ok = Ok.newBuilder();
        switch (command.getCmd().getCommandCase()) {
            case GET_ME ->
                ok.setGetMe(UserResult.newBuilder()
                        .setUser(User.newBuilder()
                                .setId(command.getCaller().getUserId())
                                .setName("from chat")));
            case GET_CHANNEL ->
                ok.setGetChannel(ChannelResult.newBuilder()
                        .setChannel(Channel.newBuilder()
                                .setId(command.getCmd().getGetChannel().getChannelId())
                                .setVersion(7)));
            case GET_MESSAGE ->
                ok.setGetMessage(MessageResult.newBuilder()
                        .setMessage(Message.newBuilder().setVersion(3)));
            case SEND_MESSAGE ->
                ok.setSendMessage(SentMessage.newBuilder()
                        .setMessage(Message.newBuilder()
                                .setId("m1")
                                .setClientId(command.getCmd().getSendMessage().getClientId())
                                .setText(command.getCmd().getSendMessage().getText())));
            default -> ok.setField(method.result().orElseThrow(), method.output());
        }
        return Future.succeededFuture(ok.build());
    }
}
