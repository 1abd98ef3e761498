package io.parley.chat.domain;

/** Why a rule says no. Each has the error of the same name in the catalogue. */
public enum Denial {
    FORBIDDEN,
    NOT_A_MEMBER,
    NOT_INVITED,
    CHANNEL_FROZEN,
    FEATURE_DISABLED,
    CHANNEL_NOT_FOUND,
    MESSAGE_NOT_FOUND,
    MESSAGE_DELETED,
    SLOW_MODE,
    MEMBER_LIMIT,
    LAST_OWNER
}
