package io.parley.gateway.rest;

import com.google.protobuf.Message;
import io.parley.gateway.command.Commands;
import io.parley.gateway.command.Origin;
import io.parley.gateway.contract.Api;
import io.parley.gateway.contract.ApiMethod;
import io.parley.gateway.contract.Validator;
import io.parley.kernel.auth.Principal;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.CreateGuest;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Serves {@code /v1}: who asks, whether they may, what exactly, then the command and its answer. Thread-safe. */
public final class RestHandler {
    private static final String BEARER = "Bearer ";
    private static final String JSON = "application/json";
    private static final int TRACE_LENGTH_MAX = 64;

    private final RestServices services;
    private final RouteTable routes = new RouteTable(Api.contract());
    private final Cors cors;
    private final WhipHandler whip;

    public RestHandler(RestServices services) {
        this.services = services;
        this.cors = new Cors(services.config().corsOrigins());
        this.whip = new WhipHandler(services);
    }

    public void handle(HttpServerRequest request, String path) {
        RestReply reply = new RestReply(request, services.ids().request(), services.clock(), services.meters());
        cors.allow(request);
        if (cors.isPreflight(request)) {
            cors.preflight(request);
            return;
        }
        Optional<WhipHandler.Resource> media = WhipHandler.find(path);
        if (media.isPresent()) {
            handle(request, media.get(), reply);
            return;
        }
        String httpMethod = request.method().name().equals("HEAD")
                ? "GET"
                : request.method().name();
        Optional<RouteTable.Match> match = routes.find(path, httpMethod);
        if (match.isEmpty()) {
            reply.refuse(Refusal.of(ErrorCode.NOT_FOUND));
            return;
        }
        Map<String, ApiMethod> methods = match.get().methods();
        ApiMethod method = methods.get(httpMethod);
        if (method == null) {
            reply.header("Allow", String.join(", ", methods.keySet()));
            reply.refuse(Refusal.of(ErrorCode.METHOD_NOT_ALLOWED));
            return;
        }
        answer(request, method, reply, () -> serve(request, method, match.get().parameters(), reply));
    }

    private void handle(HttpServerRequest request, WhipHandler.Resource media, RestReply reply) {
        whip.route(request, media, reply)
                .ifPresent(method -> answer(
                        request,
                        method,
                        reply,
                        () -> authenticate(request, reply).compose(who -> whip.serve(request, media, who, reply))));
    }

    private static void answer(
            HttpServerRequest request, ApiMethod method, RestReply reply, Supplier<Future<?>> served) {
        reply.route(method);
        request.pause();
        served.get()
                .onFailure(failure ->
                        reply.refuse(Commands.refusal(failure, method.name(), Origin.rest(reply.requestId()))));
    }

    private Future<?> serve(
            HttpServerRequest request, ApiMethod method, Map<String, String> parameters, RestReply reply) {
        return method.route().getPublic()
                ? read(request, method, parameters).compose(input -> publicly(request, input, reply))
                : authenticate(request, reply)
                        .compose(who -> read(request, method, parameters)
                                .compose(input -> execute(request, method, input, who, reply)));
    }

    private Future<Principal> authenticate(HttpServerRequest request, RestReply reply) {
        ApiMethod method = reply.route();
        String header = request.getHeader("Authorization");
        String token = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : "";
        return services.authenticator()
                .authenticate(token)
                .compose(who -> services.admission()
                        .admit(who, method.route().getClass_())
                        .onSuccess(reply::limits)
                        .map(who))
                .recover(failure ->
                        failure instanceof Refusal refusal && refusal.code().getNumber() / 100 == 401
                                ? services.admission()
                                        .admitAddress(address(request))
                                        .onSuccess(reply::limits)
                                        .compose(_ -> Future.failedFuture(refusal))
                                : Future.failedFuture(failure));
    }

    /** The input as it will be executed; fails with everything that is wrong with it at once. */
    private Future<Message> read(HttpServerRequest request, ApiMethod method, Map<String, String> parameters) {
        Future<Buffer> body = method.takesBody()
                ? Bodies.read(services.vertx(), request, services.config(), JSON)
                : Future.succeededFuture(Buffer.buffer());
        return body.map(bytes -> {
            InputReader reader = new InputReader(method).body(bytes);
            if (!method.takesBody()) {
                reader.query(Queries.of(request));
            }
            reader.path(parameters);
            if (reader.violations().isEmpty()) {
                Preconditions.fill(method, reader.input(), request);
                Validator.check(reader.input(), "", reader.violations());
            }
            reader.violations().checkKey(Headers.of(request, Preconditions.IDEMPOTENCY_KEY));
            if (!reader.violations().isEmpty()) {
                throw reader.violations().refusal();
            }
            return reader.input().build();
        });
    }

    private Future<?> execute(
            HttpServerRequest request, ApiMethod method, Message input, Principal who, RestReply reply) {
        Cmd.Builder cmd = method.commandOf(input);
        if (method.route().getEffect()) {
            cmd.setKey(Headers.of(request, Preconditions.IDEMPOTENCY_KEY));
        }
        String trace = Headers.of(request, "traceparent");
        if (trace.length() <= TRACE_LENGTH_MAX) {
            cmd.setTraceparent(trace);
        }
        return services.commands()
                .execute(method, cmd.build(), who, Origin.rest(reply.requestId()))
                .onSuccess(ok -> reply.answer(method, method.resultOf(ok), ok.getReplayed()));
    }

    /** Guests are the only thing that strangers may ask for. */
    private Future<?> publicly(HttpServerRequest request, Message input, RestReply reply) {
        return services.admission()
                .admitGuest(address(request))
                .onSuccess(reply::limits)
                .compose(_ -> services.guests().create((CreateGuest) input))
                .onSuccess(session -> reply.answer(reply.route(), session, false));
    }

    private String address(HttpServerRequest request) {
        List<String> forwarded = request.headers().getAll("X-Forwarded-For");
        String peer =
                request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
        return services.config().trustedProxies().clientAddress(peer == null ? "" : peer, String.join(",", forwarded));
    }
}
