package io.parley.gateway.contract;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import io.parley.schema.v1.ApiProto;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.Ok;
import io.parley.schema.v1.OptionsProto;
import io.parley.schema.v1.Route;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every command there is, read from the descriptors of {@code service Api}. Immutable. */
public final class Api {
    private static final Api INSTANCE = new Api();

    private final List<ApiMethod> methods;
    private final Map<Integer, ApiMethod> byNumber;
    private final Map<String, ApiMethod> byName;

    private Api() {
        this.methods = ApiProto.getDescriptor().findServiceByName("Api").getMethods().stream()
                .map(Api::read)
                .toList();
        this.byNumber = methods.stream()
                .filter(method -> method.command().isPresent())
                .collect(Collectors.toUnmodifiableMap(
                        method -> method.command().orElseThrow().getNumber(), Function.identity()));
        this.byName = methods.stream().collect(Collectors.toUnmodifiableMap(ApiMethod::name, Function.identity()));
    }

    public static Api contract() {
        return INSTANCE;
    }

    public List<ApiMethod> methods() {
        return methods;
    }

    /** The method of a command; empty for none, or one of a newer client. */
    public Optional<ApiMethod> of(Cmd cmd) {
        return Optional.ofNullable(byNumber.get(cmd.getCommandCase().getNumber()));
    }

    public ApiMethod named(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    private static ApiMethod read(MethodDescriptor method) {
        Route route = method.getOptions().getExtension(OptionsProto.route);
        String member = snakeCase(method.getName());
        return new ApiMethod(
                method,
                route,
                prototype(method.getInputType()),
                prototype(method.getOutputType()),
                Optional.<FieldDescriptor>ofNullable(Cmd.getDescriptor().findFieldByName(member)),
                Optional.<FieldDescriptor>ofNullable(Ok.getDescriptor().findFieldByName(member)));
    }

    /** {@code SendMessage} is the member {@code send_message}. */
    static String snakeCase(String name) {
        return name.replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Message prototype(Descriptor type) {
        try {
            String javaName = type.getFile().getOptions().getJavaPackage() + "." + type.getName();
            return Internal.getDefaultInstance(Class.forName(javaName).asSubclass(Message.class));
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException("generated code lacks " + type.getFullName(), impossible);
        }
    }
}
