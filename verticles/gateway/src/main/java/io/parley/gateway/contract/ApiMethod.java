package io.parley.gateway.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.Ok;
import io.parley.schema.v1.Route;
import java.util.Optional;

/**
 * One command of {@code service Api}.
 *
 * @param input what it takes, empty
 * @param output what it gives, empty
 * @param command its member of {@code Cmd.command}; empty when it exists in REST only
 * @param result its member of {@code Ok.result}; empty when it exists in REST only
 */
public record ApiMethod(
        MethodDescriptor descriptor,
        Route route,
        Message input,
        Message output,
        Optional<FieldDescriptor> command,
        Optional<FieldDescriptor> result) {

    public String name() {
        return descriptor.getName();
    }

    public boolean isRest() {
        return !route.getMethod().isEmpty();
    }

    public int successStatus() {
        return route.getStatus() == 0 ? 200 : route.getStatus();
    }

    /** True when REST takes what is not in the path from a JSON body, not from the query. */
    public boolean takesBody() {
        return switch (route.getMethod()) {
            case "GET", "DELETE" -> false;
            default -> true;
        };
    }

    /** True when asking twice does no more than asking once, key or not. */
    public boolean onlyReads() {
        return route.getMethod().equals("GET");
    }

    public Cmd.Builder commandOf(Message filled) {
        return Cmd.newBuilder().setField(command.orElseThrow(), filled);
    }

    public Message inputOf(Cmd cmd) {
        return (Message) cmd.getField(command.orElseThrow());
    }

    public Message resultOf(Ok ok) {
        return (Message) ok.getField(result.orElseThrow());
    }

    public Ok okOf(Message answer) {
        return Ok.newBuilder().setField(result.orElseThrow(), answer).build();
    }
}
