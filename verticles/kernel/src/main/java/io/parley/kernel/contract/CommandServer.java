package io.parley.kernel.contract;

import io.parley.kernel.bus.Failures;
import io.parley.kernel.bus.Refusal;
import io.parley.kernel.bus.Request;
import io.parley.schema.bus.v1.Command;
import io.parley.schema.bus.v1.Outcome;
import io.parley.schema.v1.Ok;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The domain's end of a command contract: refusals become answers, surprises are logged once and told as INTERNAL. */
public final class CommandServer {
    private static final Logger LOG = LoggerFactory.getLogger(CommandServer.class);

    private CommandServer() {}

    public static MessageConsumer<Command> serve(
            EventBus bus, Request<Command, Outcome> contract, Function<Command, Future<Ok>> domain) {
        return contract.serve(
                bus,
                command -> Future.succeededFuture(command)
                        .compose(domain)
                        .map(ok -> Outcome.newBuilder().setOk(ok).build())
                        .otherwise(failure -> refused(command, failure)));
    }

    private static Outcome refused(Command command, Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return Outcome.newBuilder()
                    .setError(refusal.toError(command.getRequestId()))
                    .build();
        }
        LOG.atError()
                .addKeyValue("request_id", command.getRequestId())
                .addKeyValue("command", command.getCmd().getCommandCase())
                .setCause(failure)
                .log("command failed");
        return Outcome.newBuilder()
                .setError(Refusal.of(Failures.code(failure)).toError(command.getRequestId()))
                .build();
    }
}
