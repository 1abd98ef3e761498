package io.parley.chat;

/** One handler per family of commands. */
record Handlers(
        ChannelCommands channels,
        ChannelLists lists,
        MembershipCommands members,
        MessageCommands messages,
        HistoryCommands history,
        ReactionCommands reactions,
        PinCommands pins,
        ReadCommands reads,
        UserCommands users,
        TypingCommands typing) {

    Handlers(ChatParts parts, Reader reader, TypingCommands typing) {
        this(
                new ChannelCommands(parts, reader),
                new ChannelLists(parts, reader),
                new MembershipCommands(parts, reader),
                new MessageCommands(parts, reader),
                new HistoryCommands(parts, reader),
                new ReactionCommands(parts, reader),
                new PinCommands(parts, reader),
                new ReadCommands(parts, reader),
                new UserCommands(parts),
                typing);
    }
}
