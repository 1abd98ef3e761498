package io.parley.chat.domain;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What channels of one type can do and who may do it.
 *
 * @param grants capabilities by channel role; "guest" is for guests that are plain members, "system" for integrations
 */
public record ChannelRules(
        String type, Set<Feature> features, int membersMax, int messageBytesMax, Map<String, Set<Capability>> grants) {
    private static final String GUEST = "guest";
    private static final String SYSTEM = "system";

    public ChannelRules {
        features = Set.copyOf(features);
        grants = Map.copyOf(grants);
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** A role of a member that grants can be given to. */
    public boolean knowsRole(String role) {
        return grants.containsKey(role) && !role.equals(GUEST) && !role.equals(SYSTEM);
    }

    /**
     * What an actor may do, given their membership's role ("" = no member). Without the feature there is no capability.
     */
    public Set<Capability> capabilities(Actor actor, String role) {
        EnumSet<Capability> found = EnumSet.noneOf(Capability.class);
        if (actor.isAdmin()) {
            found.addAll(EnumSet.allOf(Capability.class));
        }
        if (actor.isSystem()) {
            found.addAll(grants.getOrDefault(SYSTEM, Set.of()));
        }
        String effective = actor.guest() && role.equals(Member.MEMBER) && grants.containsKey(GUEST) ? GUEST : role;
        found.addAll(grants.getOrDefault(effective, Set.of()));
        drop(found, Feature.THREADS, Capability.SEND_REPLY);
        drop(found, Feature.REACTIONS, Capability.SEND_REACTION);
        drop(found, Feature.TYPING, Capability.TYPING);
        drop(found, Feature.RECEIPTS, Capability.RECEIPTS);
        drop(found, Feature.MENTIONS, Capability.MENTION_ALL);
        drop(found, Feature.QUOTES, Capability.QUOTE);
        drop(found, Feature.PINS, Capability.PIN_MESSAGE);
        return Collections.unmodifiableSet(found);
    }

    private void drop(Set<Capability> found, Feature feature, Capability capability) {
        if (!has(feature)) {
            found.remove(capability);
        }
    }
}
