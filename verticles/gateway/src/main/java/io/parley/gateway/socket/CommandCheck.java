package io.parley.gateway.socket;

import com.google.protobuf.Message;
import io.parley.gateway.contract.ApiMethod;
import io.parley.gateway.contract.Validator;
import io.parley.gateway.contract.Violations;
import io.parley.kernel.bus.Refusal;
import org.jspecify.annotations.Nullable;

/** Checks a command of a socket against the contract; paths begin at its input, as in REST. */
final class CommandCheck {
    private CommandCheck() {}

    static @Nullable Refusal check(ApiMethod method, Inbound.Command command) {
        String prefix = "cmd." + method.command().orElseThrow().getJsonName();
        Violations violations = command.violations().below(prefix);
        if (violations.isEmpty()) {
            Message input = method.inputOf(command.cmd());
            Validator.check(input, "", violations);
            violations.checkKey(command.cmd().getKey());
        }
        return violations.isEmpty() ? null : violations.refusal();
    }
}
