package io.parley.kernel.cluster;

import java.util.Set;

/**
 * One live process.
 *
 * @param id new with every start, so that it also tells incarnations of one host apart
 * @param roles what it was started to do
 * @param address where other nodes reach it, for people
 */
public record ClusterNode(String id, Set<String> roles, String address) {
    public ClusterNode {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a node has an id");
        }
        roles = Set.copyOf(roles);
    }
}
