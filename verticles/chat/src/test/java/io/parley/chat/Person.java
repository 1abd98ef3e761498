package io.parley.chat;

import io.parley.schema.bus.v1.Caller;
import io.parley.schema.bus.v1.Outcome;
import io.parley.schema.v1.Channel;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.CreateChannel;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.GetChannel;
import io.parley.schema.v1.GetHistory;
import io.parley.schema.v1.History;
import io.parley.schema.v1.JoinChannel;
import io.parley.schema.v1.Message;
import io.parley.schema.v1.Ok;
import io.parley.schema.v1.SendMessage;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who uses a chat node, in short sentences. */
record Person(ChatNode node, Caller caller) {
    private static final AtomicInteger SENDS = new AtomicInteger();

    static Person on(ChatNode node, String name) {
        return on(node, "acme", name);
    }

    static Person on(ChatNode node, String tenant, String name, String... roles) {
        Caller caller = Caller.newBuilder()
                .setTenant(tenant)
                .setUserId(name)
                .setName(name)
                .addAllRoles(List.of(roles))
                .build();
        return new Person(node, caller);
    }

    static Person guest(ChatNode node, String name) {
        Person person = on(node, name);
        return new Person(node, person.caller.toBuilder().setGuest(true).build());
    }

    Person at(ChatNode other) {
        return new Person(other, caller);
    }

    String id() {
        return caller.getUserId();
    }

    /** Fails the test when refused. */
    Ok does(Cmd.Builder cmd) {
        Outcome outcome = ChatNode.await(tries(cmd));
        if (!outcome.hasOk()) {
            throw new AssertionError(cmd.getCommandCase() + " was refused: " + outcome.getError());
        }
        return outcome.getOk();
    }

    Future<Outcome> tries(Cmd.Builder cmd) {
        return node.ask(caller, cmd.build());
    }

    /** OK when it was not refused. */
    ErrorCode outcomeOf(Cmd.Builder cmd) {
        return ErrorCode.forNumber(ChatNode.await(tries(cmd)).getError().getCode());
    }

    Channel creates(String id, String... others) {
        return does(Cmd.newBuilder()
                        .setCreateChannel(CreateChannel.newBuilder().setId(id).addAllMemberIds(List.of(others))))
                .getCreateChannel()
                .getChannel();
    }

    Channel createsPublic(String id) {
        return does(Cmd.newBuilder()
                        .setCreateChannel(
                                CreateChannel.newBuilder().setId(id).setName(id).setPublic(true)))
                .getCreateChannel()
                .getChannel();
    }

    Channel joins(String id) {
        return does(Cmd.newBuilder().setJoinChannel(JoinChannel.newBuilder().setChannelId(id)))
                .getJoinChannel()
                .getChannel();
    }

    Channel sees(String id) {
        return does(Cmd.newBuilder().setGetChannel(GetChannel.newBuilder().setChannelId(id)))
                .getGetChannel()
                .getChannel();
    }

    Message sends(String channel, String text) {
        return does(send(channel, text)).getSendMessage().getMessage();
    }

    Cmd.Builder send(String channel, String text) {
        return Cmd.newBuilder().setSendMessage(draft(channel, text));
    }

    SendMessage.Builder draft(String channel, String text) {
        return SendMessage.newBuilder()
                .setChannelId(channel)
                .setClientId(id() + "-" + SENDS.incrementAndGet())
                .setText(text);
    }

    History reads(String channel) {
        return reads(GetHistory.newBuilder().setChannelId(channel));
    }

    History reads(GetHistory.Builder query) {
        return does(Cmd.newBuilder().setGetHistory(query)).getGetHistory();
    }
}
