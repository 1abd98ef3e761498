package io.parley.chat.domain;

import java.util.Optional;
import java.util.Set;

/**
 * What one actor may do in one channel at one moment.
 *
 * @param member the actor's membership or invitation
 */
public record Access(Actor actor, Channel channel, ChannelRules rules, Optional<Member> member, Marker marker) {

    /** The same in a channel whose log went on. */
    public Access withHead(long head) {
        return new Access(actor, channel.withHead(head), rules, member, marker);
    }

    /** The same with the actor's marker moved. */
    public Access withMarker(Marker moved) {
        return new Access(actor, channel, rules, member, moved);
    }

    public boolean isMember() {
        return member.map(Member::joined).orElse(false);
    }

    public Set<Capability> capabilities() {
        return rules.capabilities(
                actor, member.filter(Member::joined).map(Member::role).orElse(""));
    }

    public boolean may(Capability capability) {
        return capabilities().contains(capability);
    }

    /** May the actor know that the channel is there? Members, the invited, admins; everybody when it is public. */
    public boolean knows() {
        return !channel.isDeleted() && (member.isPresent() || channel.isPublic() || canAct());
    }

    /** Members only; others learn no more than they may know. */
    public Optional<Denial> toRead() {
        if (!knows()) {
            return Optional.of(Denial.CHANNEL_NOT_FOUND);
        }
        if (!isMember() && !canAct()) {
            return Optional.of(Denial.NOT_A_MEMBER);
        }
        return may(Capability.READ) ? Optional.empty() : Optional.of(Denial.FORBIDDEN);
    }

    /** Reading, and one thing more. */
    public Optional<Denial> to(Capability capability) {
        Optional<Denial> unreadable = toRead();
        if (unreadable.isPresent()) {
            return unreadable;
        }
        return may(capability) ? Optional.empty() : Optional.of(Denial.FORBIDDEN);
    }

    /**
     * One thing more that the channel's type must have, and that no frozen channel takes (moderators thaw it first).
     */
    public Optional<Denial> toWrite(Feature feature, Capability capability) {
        Optional<Denial> unreadable = toRead();
        if (unreadable.isPresent()) {
            return unreadable;
        }
        if (!rules.has(feature)) {
            return Optional.of(Denial.FEATURE_DISABLED);
        }
        return toWrite(capability);
    }

    public Optional<Denial> toWrite(Capability capability) {
        Optional<Denial> denied = to(capability);
        if (denied.isPresent()) {
            return denied;
        }
        return channel.frozen() && !may(Capability.FREEZE_CHANNEL)
                ? Optional.of(Denial.CHANNEL_FROZEN)
                : Optional.empty();
    }

    /** Admins and integrations act in channels that they are no members of. */
    private boolean canAct() {
        return actor.isAdmin() || (actor.isSystem() && rules.grants().containsKey("system"));
    }
}
