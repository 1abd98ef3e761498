package io.parley.gateway.rest;

import io.parley.gateway.contract.Api;
import io.parley.gateway.contract.ApiMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the method of a path; literal segments go before parameters. Immutable. */
public final class RouteTable {
    /** A path of the API with its parameters, and what may be done there. */
    public record Match(Map<String, ApiMethod> methods, Map<String, String> parameters) {}

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();
        final Map<String, ApiMethod> methods = new TreeMap<>();
        final Map<String, List<String>> parameterNames = new HashMap<>();
        Node parameter = this;

        boolean hasParameter() {
            return parameter != this;
        }
    }

    private final Node root = new Node();

    public RouteTable(Api api) {
        api.methods().stream().filter(ApiMethod::isRest).forEach(this::add);
    }

    private void add(ApiMethod method) {
        Node node = root;
        List<String> names = new ArrayList<>();
        for (String segment : segments(method.route().getPath())) {
            if (segment.startsWith("{")) {
                names.add(segment.substring(1, segment.length() - 1));
                if (!node.hasParameter()) {
                    node.parameter = new Node();
                }
                node = node.parameter;
            } else {
                node = node.literals.computeIfAbsent(segment, _ -> new Node());
            }
        }
        if (node.methods.put(method.route().getMethod(), method) != null) {
            throw new IllegalStateException("two methods at " + method.route().getPath());
        }
        node.parameterNames.put(method.route().getMethod(), names);
    }

    /** {@code path} is still percent-encoded, so that an encoded slash is part of its segment. */
    public Optional<Match> find(String path, String httpMethod) {
        Node node = root;
        List<String> values = new ArrayList<>();
        for (String segment : segments(path)) {
            Node literal = node.literals.get(segment);
            if (literal != null) {
                node = literal;
            } else if (node.hasParameter() && !segment.isEmpty()) {
                values.add(segment);
                node = node.parameter;
            } else {
                return Optional.empty();
            }
        }
        if (node.methods.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        List<String> names = node.parameterNames.getOrDefault(httpMethod, List.of());
        for (int i = 0; i < names.size(); i++) {
            parameters.put(names.get(i), values.get(i));
        }
        return Optional.of(new Match(node.methods, parameters));
    }

    private static String[] segments(String path) {
        return path.substring(1).split("/", -1);
    }
}
