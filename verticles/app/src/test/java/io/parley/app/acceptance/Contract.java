package io.parley.app.acceptance;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.parley.schema.v1.ApiProto;
import io.parley.schema.v1.OptionsProto;
import io.parley.schema.v1.Route;
import io.parley.schema.v1.Rules;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The commands of {@code service Api} as a stranger to the code would read them: from the descriptors alone. */
final class Contract {
    /** Said also where it is not asked for. */
    private static final Set<String> OF_THE_SCENE = Set.of("version", "channel_id");

    private Contract() {}

    static List<MethodDescriptor> methods() {
        return ApiProto.getDescriptor().findServiceByName("Api").getMethods();
    }

    static Route route(MethodDescriptor method) {
        return method.getOptions().getExtension(OptionsProto.route);
    }

    static Rules rules(FieldDescriptor field) {
        return field.getOptions().getExtension(OptionsProto.rules);
    }

    /** The member of {@code Cmd}, in its JSON spelling. */
    static String command(MethodDescriptor method) {
        return method.getName().substring(0, 1).toLowerCase(java.util.Locale.ROOT)
                + method.getName().substring(1);
    }

    static boolean has(MethodDescriptor method, String field) {
        return method.getInputType().findFieldByName(field) != null;
    }

    /** An input that breaks no rule and says the required things about {@link Scene}'s channel. */
    static JsonObject validInput(MethodDescriptor method, Scene scene) {
        JsonObject input = new JsonObject();
        for (FieldDescriptor field : method.getInputType().getFields()) {
            if (rules(field).getRequired() || OF_THE_SCENE.contains(field.getName())) {
                input.put(field.getJsonName(), validValue(field, scene));
            }
        }
        return input;
    }

    private static Object validValue(FieldDescriptor field, Scene scene) {
        Object one = switch (field.getName()) {
            case "channel_id" -> Scene.ROOM;
            case "room_id" -> Scene.CALL;
            case "participant_id" -> "nobody";
            case "offer" -> "v=0";
            case "tracks" -> new JsonObject().put("mid", "0");
            case "message_id" -> scene.messageId();
            case "user_id", "user_ids" -> Scene.MEMBER;
            case "kind" -> "+1";
            case "stream" -> "ch:" + Scene.ROOM;
            case "role" -> "member";
            case "client_id" -> UUID.randomUUID().toString();
            case "token" -> TestTokens.of("acme", Scene.OWNER);
            case "offset", "version" -> 1;
            case "text" -> "text";
            default -> throw new AssertionError("no example for required field " + field.getFullName());
        };
        return field.isRepeated() ? new JsonArray().add(one) : one;
    }

    /** How REST would carry this input. */
    record RestCall(String method, String path, Optional<JsonObject> body) {}

    static RestCall rest(MethodDescriptor method, JsonObject input) {
        Route route = route(method);
        JsonObject rest = input.copy();
        String path = route.getPath();
        for (FieldDescriptor field : method.getInputType().getFields()) {
            String place = "{" + field.getJsonName() + "}";
            if (path.contains(place)) {
                path = path.replace(place, encoded(rest.remove(field.getJsonName())));
            }
        }
        return switch (route.getMethod()) {
            case "GET", "DELETE" -> new RestCall(route.getMethod(), path + query(rest), Optional.empty());
            default -> new RestCall(route.getMethod(), path, Optional.of(rest));
        };
    }

    static boolean isInPath(MethodDescriptor method, FieldDescriptor field) {
        return route(method).getPath().contains("{" + field.getJsonName() + "}");
    }

    static boolean isInQuery(MethodDescriptor method, FieldDescriptor field) {
        return !isInPath(method, field)
                && (route(method).getMethod().equals("GET")
                        || route(method).getMethod().equals("DELETE"));
    }

    private static String query(JsonObject rest) {
        List<String> parts = new ArrayList<>();
        rest.forEach(entry -> {
            List<?> values = entry.getValue() instanceof JsonArray list ? list.getList() : List.of(entry.getValue());
            values.forEach(value -> parts.add(entry.getKey() + "=" + encoded(value)));
        });
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
