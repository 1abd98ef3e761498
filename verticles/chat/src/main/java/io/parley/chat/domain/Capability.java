package io.parley.chat.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Something that a role may do in a channel; the wire name is the constant's in lower case with dashes. */
public enum Capability {
    READ,
    SEND_MESSAGE,
    SEND_REPLY,
    SEND_REACTION,
    QUOTE,
    MENTION_ALL,
    EDIT_OWN_MESSAGE,
    DELETE_OWN_MESSAGE,
    EDIT_ANY_MESSAGE,
    DELETE_ANY_MESSAGE,
    HARD_DELETE,
    PIN_MESSAGE,
    INVITE,
    ADD_MEMBERS,
    REMOVE_MEMBERS,
    SET_ROLES,
    UPDATE_CHANNEL,
    FREEZE_CHANNEL,
    DELETE_CHANNEL,
    TYPING,
    RECEIPTS,
    SKIP_SLOW_MODE,
    SEE_VERSIONS;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Capability> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(capability -> capability.wireName().equals(name))
                .findFirst();
    }
}
