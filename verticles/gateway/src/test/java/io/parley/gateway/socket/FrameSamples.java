package io.parley.gateway.socket;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Values;
import io.parley.schema.v1.Ack;
import io.parley.schema.v1.ChannelDeleted;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.Ctl;
import io.parley.schema.v1.Done;
import io.parley.schema.v1.Error;
import io.parley.schema.v1.Frame;
import io.parley.schema.v1.GetMe;
import io.parley.schema.v1.History;
import io.parley.schema.v1.MarkRead;
import io.parley.schema.v1.MessageCreated;
import io.parley.schema.v1.Ok;
import io.parley.schema.v1.Ping;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.Reply;
import io.parley.schema.v1.SendMessage;
import io.parley.schema.v1.SetTyping;
import io.parley.schema.v1.Typing;
import io.parley.schema.v1.UpdateChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Frames of every kind that the contract has. Each field holds a value made of its own name or number, so a field that
 * an implementation confuses with another one shows.
 */
final class FrameSamples {
    static final String CLIENT = "client";
    static final String SERVER = "server";

    /** {@code from} is the side that sends it. */
    record Sample(String name, String from, Frame frame) {}

    /** One above what a double holds exactly. */
    private static final long BEYOND_53_BITS = (1L << 53) + 1;

    private static final long LARGEST = -1;
    private static final long MOMENT_SECONDS = 1_767_323_045;
    private static final Timestamp MOMENT = moment(678_000_000);
    private static final Struct CUSTOM = Struct.newBuilder()
            .putFields("list", Values.of(List.of(Values.of(1), Values.of("two"), Values.of(true), Values.ofNull())))
            .putFields("mood", Values.of("good"))
            .putFields("number", Values.of(-2.5))
            .putFields(
                    "struct",
                    Values.of(Struct.newBuilder()
                            .putFields("deep", Values.of(1e21))
                            .build()))
            .build();

    private final List<Sample> samples = new ArrayList<>();

    static List<Sample> all() {
        FrameSamples made = new FrameSamples();
        made.everyCommand();
        made.everyAnswer();
        made.everyEvent();
        made.everyControl();
        made.oddCommands();
        made.oddAnswersAndEvents();
        return List.copyOf(made.samples);
    }

    private void everyCommand() {
        int id = 0;
        for (FieldDescriptor command : alternatives(Cmd.getDescriptor())) {
            cmd("command " + command.getJsonName(), Cmd.newBuilder().setId(++id).setField(command, filled(command)));
        }
    }

    private void everyAnswer() {
        int id = 0;
        for (FieldDescriptor result : alternatives(Ok.getDescriptor())) {
            ok("answer " + result.getJsonName(), ++id, Ok.newBuilder().setField(result, filled(result)));
        }
        FieldDescriptor error = Reply.getDescriptor().findFieldByNumber(Reply.ERR_FIELD_NUMBER);
        reply("error with everything", Reply.newBuilder().setId(7).setField(error, filled(error)));
    }

    private void everyEvent() {
        long offset = 100;
        for (FieldDescriptor event : alternatives(Push.getDescriptor())) {
            push("event " + event.getJsonName(), place(++offset).setField(event, filled(event)));
        }
    }

    /** Pings and pongs go both ways; acknowledgements are the client's, the others the server's. */
    private void everyControl() {
        for (FieldDescriptor control : alternatives(Ctl.getDescriptor())) {
            Frame frame = frame(Ctl.newBuilder().setField(control, filled(control)));
            if (Set.of("ping", "pong", "ack").contains(control.getJsonName())) {
                add("control " + control.getJsonName() + " of a client", CLIENT, frame);
            }
            if (!control.getJsonName().equals("ack")) {
                add("control " + control.getJsonName() + " of the server", SERVER, frame);
            }
        }
        add("ping number 0", SERVER, frame(Ctl.newBuilder().setPing(Ping.getDefaultInstance())));
        add("nothing to acknowledge", CLIENT, frame(Ctl.newBuilder().setAck(Ack.getDefaultInstance())));
    }

    private void oddCommands() {
        cmd(
                "no reply wanted",
                Cmd.newBuilder()
                        .setSetTyping(SetTyping.newBuilder().setChannelId("c").setTyping(true)));
        cmd("nothing but the command", Cmd.newBuilder().setId(1).setGetMe(GetMe.getDefaultInstance()));
        cmd("a key", Cmd.newBuilder().setId(2).setKey("key-1").setGetMe(GetMe.getDefaultInstance()));
        cmd(
                "a trace",
                Cmd.newBuilder()
                        .setId(3)
                        .setTraceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                        .setGetMe(GetMe.getDefaultInstance()));
        cmd(
                "defaults that are said",
                Cmd.newBuilder()
                        .setId(4)
                        .setUpdateChannel(UpdateChannel.newBuilder()
                                .setChannelId("c")
                                .setVersion(0)
                                .setName("")
                                .setTopic("")
                                .setPublic(false)
                                .setSlowModeSeconds(0)));
        cmd(
                "a text of all sorts",
                Cmd.newBuilder()
                        .setId(5)
                        .setSendMessage(SendMessage.newBuilder()
                                .setChannelId("c")
                                .setText("\"quoted\" \\ <b>&amp;</b> \u0000\u001f\t\n "
                                        + "\u00e4 \u20ac \u2028 \ud83d\ude00")));
        cmd(
                "the largest numbers",
                Cmd.newBuilder()
                        .setId(-1)
                        .setMarkRead(MarkRead.newBuilder().setChannelId("c").setOffset(LARGEST)));
        cmd(
                "an offset beyond 53 bits",
                Cmd.newBuilder()
                        .setId(6)
                        .setMarkRead(MarkRead.newBuilder().setChannelId("c").setOffset(BEYOND_53_BITS)));
    }

    private void oddAnswersAndEvents() {
        ok("nothing done", 1, Ok.newBuilder().setUnsubscribe(Done.getDefaultInstance()));
        ok(
                "a stored answer again",
                2,
                Ok.newBuilder().setReplayed(true).setReact(Ok.newBuilder().getReact()));
        ok("an empty page", 3, Ok.newBuilder().setGetHistory(History.getDefaultInstance()));
        reply(
                "a refusal of nothing in particular",
                Reply.newBuilder().setErr(Error.newBuilder().setCode(40001)));
        push(
                "an ephemeral event",
                Push.newBuilder()
                        .setStream("ch:c")
                        .setTyping(Typing.newBuilder().setUserId("u")));
        push("a place beyond 53 bits", place(BEYOND_53_BITS).setMessageCreated(MessageCreated.getDefaultInstance()));
        push("the largest place", place(LARGEST).setMessageCreated(MessageCreated.getDefaultInstance()));
        push(
                "a time to the nanosecond",
                place(9).setAt(moment(1)).setChannelDeleted(ChannelDeleted.getDefaultInstance()));
        push("a time to the second", place(10).setAt(moment(0)).setChannelDeleted(ChannelDeleted.getDefaultInstance()));
    }

    private static Push.Builder place(long offset) {
        return Push.newBuilder()
                .setStream("ch:c")
                .setEpoch("e1")
                .setOffset(offset)
                .setAt(MOMENT);
    }

    private static Timestamp moment(int nanos) {
        return Timestamp.newBuilder().setSeconds(MOMENT_SECONDS).setNanos(nanos).build();
    }

    private void cmd(String name, Cmd.Builder cmd) {
        add(name, CLIENT, Frame.newBuilder().setCmd(cmd).build());
    }

    private void ok(String name, int id, Ok.Builder ok) {
        reply(name, Reply.newBuilder().setId(id).setOk(ok));
    }

    private void reply(String name, Reply.Builder reply) {
        add(name, SERVER, Frame.newBuilder().setReply(reply).build());
    }

    private void push(String name, Push.Builder push) {
        add(name, SERVER, Frame.newBuilder().setPush(push).build());
    }

    private static Frame frame(Ctl.Builder ctl) {
        return Frame.newBuilder().setCtl(ctl).build();
    }

    private void add(String name, String from, Frame frame) {
        samples.add(new Sample(name, from, frame));
    }

    /** The members of a message's oneof. */
    private static List<FieldDescriptor> alternatives(Descriptor type) {
        return type.getRealOneofs().getFirst().getFields();
    }

    private static Message filled(FieldDescriptor field) {
        return filled(field.getMessageType(), new HashSet<>());
    }

    /** Everything given; a message inside its own kind stays out, and of a oneof the last one wins. */
    private static Message filled(Descriptor type, Set<Descriptor> around) {
        if (type.equals(Timestamp.getDescriptor())) {
            return MOMENT;
        } else if (type.equals(Struct.getDescriptor())) {
            return CUSTOM;
        }
        Message.Builder into = com.google.protobuf.DynamicMessage.newBuilder(type);
        around.add(type);
        for (FieldDescriptor field : type.getFields()) {
            boolean isOfOwnKind =
                    field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && around.contains(field.getMessageType());
            if (!isOfOwnKind && field.isRepeated()) {
                into.addRepeatedField(field, value(field, around));
            } else if (!isOfOwnKind) {
                into.setField(field, value(field, around));
            }
        }
        around.remove(type);
        return into.build();
    }

    private static Object value(FieldDescriptor field, Set<Descriptor> around) {
        return switch (field.getJavaType()) {
            case STRING -> field.getJsonName();
            case INT -> 1_000 + field.getNumber();
            case LONG -> 1_000_000L + field.getNumber();
            case BOOLEAN -> true;
            case ENUM -> field.getEnumType().getValues().getLast();
            case MESSAGE -> filled(field.getMessageType(), around);
            case FLOAT, DOUBLE, BYTE_STRING -> throw new IllegalStateException("the contract has no such field yet");
        };
    }
}
