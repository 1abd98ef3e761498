package io.parley.gateway.streams;

import io.parley.gateway.socket.Subscriber;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.StreamId;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.Subscribe;
import io.parley.schema.v1.SubscribeResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The streams of a gateway node, as its sockets see them. Between a socket's loop and the hub's loop there are two
 * queues: tasks to the hub, and each loop's {@link Outlet} back; order is kept in both, which is all that the
 * guarantees rest on.
 */
final class StreamHub implements Streams {
    /** Close code for a socket whose stream cannot be continued: it reconnects, resumes, and hears what was lost. */
    static final int CLOSE_RESUME = 4002;

    private static final List<String> KNOWN = List.of("ch:", "me:", "pres:", "call:");

    private final Context context;
    private final HubParts parts;
    private final Hub hub;
    private final Map<Context, Outlet> outlets = new ConcurrentHashMap<>();

    /** {@code context} is the hub's own loop. */
    StreamHub(Context context, HubParts parts) {
        this.context = context;
        this.parts = parts;
        this.hub = new Hub(parts, task -> context.runOnContext(_ -> task.run()));
    }

    /** For use on the hub's loop only. */
    Hub hub() {
        return hub;
    }

    @Override
    public Future<SubscribeResult> subscribe(Subscriber socket, Caller caller, Subscribe request) {
        Optional<Refusal> refusal = refusal(caller, request);
        if (refusal.isPresent()) {
            return Future.failedFuture(refusal.get());
        }
        Outlet outlet = outlet(socket);
        Subscription subscription = new Subscription(
                new StreamId(caller.getTenant(), request.getStream()), socket, caller.getUserId(), filter(request));
        Optional<Refusal> full = outlet.adopt(subscription);
        if (full.isPresent()) {
            return Future.failedFuture(full.get());
        }
        Promise<SubscribeResult> promise = Promise.promise();
        Opening opening = new Opening(subscription, outlet, caller, request, promise);
        context.runOnContext(_ -> hub.open(opening));
        return promise.future();
    }

    @Override
    public void unsubscribe(Subscriber socket, Caller caller, String stream) {
        outlet(socket).unsubscribe(socket, new StreamId(caller.getTenant(), stream));
    }

    @Override
    public void drop(Subscriber socket) {
        outlet(socket).drop(socket);
    }

    /** What can be said without asking anybody. A foreign "me:" is refused whether or not its user exists. */
    private static Optional<Refusal> refusal(Caller caller, Subscribe request) {
        String stream = request.getStream();
        if (stream.startsWith("me:") && !stream.equals("me:" + caller.getUserId())) {
            return Optional.of(Refusal.of(ErrorCode.FORBIDDEN));
        } else if (KNOWN.stream().noneMatch(stream::startsWith)) {
            return Optional.of(Refusal.of(ErrorCode.STREAM_NOT_FOUND));
        }
        return request.getEventsList().stream()
                .filter(name -> !StreamEvent.cases().containsKey(name))
                .findFirst()
                .map(name -> Refusal.violation("events", "known", "names of events such as messageCreated"));
    }

    private static Set<Push.EventCase> filter(Subscribe request) {
        Set<Push.EventCase> wanted = EnumSet.noneOf(Push.EventCase.class);
        request.getEventsList()
                .forEach(name ->
                        Optional.ofNullable(StreamEvent.cases().get(name)).ifPresent(wanted::add));
        return wanted;
    }

    private Outlet outlet(Subscriber socket) {
        return outlets.computeIfAbsent(
                loop(socket.context()),
                loop -> new Outlet(
                        loop, parts.clock(), parts.meters(), group -> context.runOnContext(_ -> hub.release(group))));
    }

    /** Vert.x gives each connection a context of its own over the one of its loop; the loop's is what they share. */
    private static Context loop(Context context) {
        return context instanceof ContextInternal internal ? internal.unwrap() : context;
    }
}
