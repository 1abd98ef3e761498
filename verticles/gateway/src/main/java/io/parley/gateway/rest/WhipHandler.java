package io.parley.gateway.rest;

import io.parley.gateway.command.Origin;
import io.parley.gateway.contract.Api;
import io.parley.gateway.contract.ApiMethod;
import io.parley.gateway.contract.Validator;
import io.parley.gateway.contract.Violations;
import io.parley.kernel.auth.Principal;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.JoinRoom;
import io.parley.schema.v1.LeaveRoom;
import io.parley.schema.v1.Ok;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * WHIP (RFC 9725) to publish into a room and WHEP to watch it: joining and leaving over plain HTTP, with the tokens of
 * {@code /v1}. {@code POST /v1/rooms/ROOM/whip} takes an offer (application/sdp) and answers 201 with the answer and a
 * Location; {@code DELETE} of that location leaves. The answer holds all candidates and ICE restarts go over the
 * WebSocket, so PATCH is not allowed, as section 4.3 permits. What the offer sends and receives makes the difference
 * between the two. Thread-safe.
 */
final class WhipHandler {
    private static final String SDP = "application/sdp";
    private static final Pattern PATH =
            Pattern.compile("/v1/rooms/(?<room>[A-Za-z0-9_-]{1,40})/(?:whip|whep)(?:/(?<who>[A-Za-z0-9_-]{1,40}))?");

    private final RestServices services;
    private final ApiMethod join = method("JoinRoom");
    private final ApiMethod leave = method("LeaveRoom");

    WhipHandler(RestServices services) {
        this.services = services;
    }

    private static ApiMethod method(String name) {
        return Api.contract().named(name);
    }

    /** An endpoint (no participant) or a session. */
    record Resource(String path, String room, String participant) {
        boolean isEndpoint() {
            return participant.isEmpty();
        }
    }

    static Optional<Resource> find(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches()
                ? Optional.of(new Resource(
                        path,
                        matcher.group("room"),
                        Optional.ofNullable(matcher.group("who")).orElse("")))
                : Optional.empty();
    }

    /** The command behind a request; empty when the resource does not take the method, which is then answered. */
    Optional<ApiMethod> route(HttpServerRequest request, Resource resource, RestReply reply) {
        String method = request.method().name();
        if (resource.isEndpoint()) {
            reply.header("Accept-Post", SDP);
        }
        if (method.equals(resource.isEndpoint() ? "POST" : "DELETE")) {
            return Optional.of(resource.isEndpoint() ? join : leave);
        }
        reply.header("Allow", resource.isEndpoint() ? "POST, OPTIONS" : "DELETE");
        if (method.equals("OPTIONS")) {
            reply.empty(204);
        } else {
            reply.refuse(Refusal.of(ErrorCode.METHOD_NOT_ALLOWED));
        }
        return Optional.empty();
    }

    Future<?> serve(HttpServerRequest request, Resource resource, Principal who, RestReply reply) {
        return resource.isEndpoint() ? join(request, resource, who, reply) : leave(resource, who, reply);
    }

    private Future<?> join(HttpServerRequest request, Resource resource, Principal who, RestReply reply) {
        return Bodies.read(services.vertx(), request, services.config(), SDP).compose(body -> {
            JoinRoom.Builder command =
                    JoinRoom.newBuilder().setRoomId(resource.room()).setOffer(body.toString());
            var violations = new Violations();
            Validator.check(command, "", violations);
            if (!violations.isEmpty()) {
                return Future.failedFuture(violations.refusal());
            }
            return execute(join, Cmd.newBuilder().setJoinRoom(command), who, reply)
                    .onSuccess(ok -> reply.created(
                            resource.path() + "/" + ok.getJoinRoom().getSelf().getId(),
                            SDP,
                            ok.getJoinRoom().getAnswer()));
        });
    }

    private Future<?> leave(Resource resource, Principal who, RestReply reply) {
        var command = LeaveRoom.newBuilder().setRoomId(resource.room()).setParticipantId(resource.participant());
        return execute(leave, Cmd.newBuilder().setLeaveRoom(command), who, reply)
                .onSuccess(_ -> reply.empty(200));
    }

    private Future<Ok> execute(ApiMethod method, Cmd.Builder cmd, Principal who, RestReply reply) {
        return services.commands().execute(method, cmd.build(), who, Origin.rest(reply.requestId()));
    }
}
