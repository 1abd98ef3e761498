package io.parley.kernel.bus;

import io.parley.schema.Limits;
import io.parley.schema.v1.Error;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.ErrorMeaning;
import io.parley.schema.v1.OptionsProto;
import io.parley.schema.v1.Retry;
import io.parley.schema.v1.Violation;
import java.util.List;

/**
 * A "no" from the catalogue, on its way to the client. It fails futures like an exception but is a value: no stack, and
 * nothing is logged for it. Every other failure that reaches a client becomes INTERNAL, with its text kept back.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ErrorCode code;
    private final transient List<Violation> violations;
    private final long afterMillis;

    private Refusal(ErrorCode code, String detail, List<Violation> violations, long afterMillis) {
        super(detail, null, false, false);
        this.code = code;
        this.violations = List.copyOf(violations);
        this.afterMillis = afterMillis;
    }

    public static Refusal of(ErrorCode code) {
        return of(code, meaning(code).getTitle());
    }

    /** {@code detail} is for people and may reach anybody: no secrets, no text of exceptions. */
    public static Refusal of(ErrorCode code, String detail) {
        return new Refusal(code, detail, List.of(), usualWait(code));
    }

    /** Who is told to come back later is always told when. */
    private static long usualWait(ErrorCode code) {
        return meaning(code).getRetry() == Retry.AFTER ? Limits.STORE_RETRY_AFTER_MILLIS : 0;
    }

    /** Worth another try after {@code afterMillis}. */
    public static Refusal after(ErrorCode code, long afterMillis) {
        return new Refusal(code, meaning(code).getTitle(), List.of(), afterMillis);
    }

    public static Refusal violations(List<Violation> violations) {
        return new Refusal(
                ErrorCode.INVALID_REQUEST, meaning(ErrorCode.INVALID_REQUEST).getTitle(), violations, 0);
    }

    /** One field that breaks a rule only the domain can check. */
    public static Refusal violation(String field, String rule, String allowed) {
        return violations(List.of(Violation.newBuilder()
                .setField(field)
                .setRule(rule)
                .setAllowed(allowed)
                .build()));
    }

    public ErrorCode code() {
        return code;
    }

    public List<Violation> violations() {
        return violations;
    }

    public long afterMillis() {
        return afterMillis;
    }

    /** The catalogue's words and advice for a code. */
    public static ErrorMeaning meaning(ErrorCode code) {
        return code.getValueDescriptor().getOptions().getExtension(OptionsProto.meaning);
    }

    /** As it goes to the client; {@code ref} names the request in the logs. */
    public Error toError(String ref) {
        Retry retry = meaning(code).getRetry();
        return Error.newBuilder()
                .setCode(code.getNumber())
                .setName(code.name())
                .setRetry(retry)
                .setAfterMs((int) Math.min(Integer.MAX_VALUE, afterMillis))
                .setDetail(String.valueOf(getMessage()))
                .setRef(ref)
                .addAllViolations(violations)
                .build();
    }

    /** A refusal that another process made, so that it can travel on as a failure here. */
    public static Refusal fromError(Error error) {
        ErrorCode known = ErrorCode.forNumber(error.getCode());
        ErrorCode code = known == null || known == ErrorCode.OK ? ErrorCode.INTERNAL : known;
        return new Refusal(code, error.getDetail(), error.getViolationsList(), error.getAfterMs());
    }
}
