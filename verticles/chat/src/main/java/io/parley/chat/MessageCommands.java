package io.parley.chat;

import io.parley.chat.api.ChatWire;
import io.parley.chat.api.Events;
import io.parley.chat.domain.Access;
import io.parley.chat.domain.Actor;
import io.parley.chat.domain.Capability;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Draft;
import io.parley.chat.domain.Excerpt;
import io.parley.chat.domain.Member;
import io.parley.chat.domain.MemberKey;
import io.parley.chat.domain.Message;
import io.parley.chat.domain.MessageRef;
import io.parley.chat.domain.MessageView;
import io.parley.chat.domain.Segments;
import io.parley.chat.domain.ThreadView;
import io.parley.chat.store.PgMembers;
import io.parley.chat.store.PgMessages;
import io.parley.chat.store.PgPages;
import io.parley.chat.store.PgPins;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.DeleteMessage;
import io.parley.schema.v1.Done;
import io.parley.schema.v1.EditMessage;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.GetMessage;
import io.parley.schema.v1.ListVersions;
import io.parley.schema.v1.MessageResult;
import io.parley.schema.v1.Versions;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happens to messages after they were sent: edits that keep the text before, deletions, single reads. */
final class MessageCommands {
    private final ChatParts parts;
    private final Reader reader;

    MessageCommands(ChatParts parts, Reader reader) {
        this.parts = parts;
        this.reader = reader;
    }

    Future<MessageResult> edit(Work work, EditMessage command) {
        return work.lock(command.getChannelId()).compose(access -> {
            Refusals.unless(access.toRead());
            return living(work.sql(), access.channel().key(), command.getMessageId())
                    .compose(before -> edit(work, access, before, command));
        });
    }

    Future<Done> delete(Work work, DeleteMessage command) {
        return work.lock(command.getChannelId()).compose(access -> {
            Refusals.unless(access.toRead());
            return find(work.sql(), access.channel().key(), command.getMessageId())
                    .compose(message -> {
                        requireMayDelete(access, message, command.getHard());
                        if (message.isDeleted() && !command.getHard()) {
                            throw Refusal.of(ErrorCode.MESSAGE_DELETED);
                        }
                        return delete(work, message, command.getHard());
                    });
        });
    }

    Future<MessageResult> get(Actor actor, GetMessage command) {
        return parts.transactions()
                .read(sql -> reader.member(sql, actor, command.getChannelId())
                        .compose(opened -> find(sql, opened.key(), command.getMessageId()))
                        .compose(message -> view(sql, message, actor.id()))
                        .map(MessageCommands::result));
    }

    Future<Versions> versions(Actor actor, ListVersions command) {
        return parts.transactions()
                .read(sql -> reader.member(sql, actor, command.getChannelId())
                        .compose(opened -> find(sql, opened.key(), command.getMessageId())
                                .compose(message -> {
                                    boolean own = message.authorId().equals(actor.id()) && !message.isDeleted();
                                    if (!own) {
                                        Refusals.unless(opened.access().to(Capability.SEE_VERSIONS));
                                    }
                                    return PgMessages.versions(sql, message.ref());
                                }))
                        .map(found -> {
                            Versions.Builder versions = Versions.newBuilder();
                            found.forEach(version -> versions.addItems(
                                    ChatWire.version(version.number(), version.text(), version.atMillis())));
                            return versions.build();
                        }));
    }

    static Future<Message> find(SqlClient sql, ChannelKey channel, String id) {
        return PgMessages.find(sql, channel, id)
                .map(found -> found.orElseThrow(() -> Refusal.of(ErrorCode.MESSAGE_NOT_FOUND)));
    }

    /** One that was not deleted. */
    static Future<Message> living(SqlClient sql, ChannelKey channel, String id) {
        return find(sql, channel, id).map(message -> {
            if (message.isDeleted()) {
                throw Refusal.of(ErrorCode.MESSAGE_DELETED);
            }
            return message;
        });
    }

    /** The message with what hangs on it, as it is now. */
    static Future<MessageView> view(SqlClient sql, Message message, String viewer) {
        Segments itsMonth = new Segments(List.of(new Segments.Segment(message.month(), 1)));
        var query = new PgPages.Query(message.channel(), viewer, itsMonth, message.offset(), 0);
        return PgPages.these(sql, query, List.of(message.offset())).map(List::getFirst);
    }

    static MessageResult result(MessageView view) {
        return MessageResult.newBuilder().setMessage(ChatWire.message(view)).build();
    }

    private Future<MessageResult> edit(Work work, Access access, Message before, EditMessage command) {
        boolean own = before.authorId().equals(work.actor().id());
        Refusals.unless(
                own && access.may(Capability.EDIT_OWN_MESSAGE)
                        ? access.toWrite(Capability.EDIT_OWN_MESSAGE)
                        : access.toWrite(Capability.EDIT_ANY_MESSAGE));
        if (command.hasVersion() && command.getVersion() != before.version()) {
            throw Refusal.of(ErrorCode.PRECONDITION_FAILED);
        }
        SendRules.requireFits(access, command.getText());
        byte[] custom = command.hasCustom() ? command.getCustom().toByteArray() : before.custom();
        Message after = before.edited(command.getText(), custom, command.getMentionsList(), work.nowMillis());
        return joined(work, before.channel(), after.mentions())
                .map(members -> {
                    SendRules.requireMentions(access, after.mentions(), members::contains);
                    return members;
                })
                .compose(_ -> PgMessages.edit(work.sql(), before, after, work.nextOffset()))
                .compose(_ -> mentionAgain(work, before, after))
                .compose(_ -> view(work.sql(), after, work.actor().id()))
                .map(view -> {
                    work.append(Events.messageEdited(ChatWire.sharedMessage(view)));
                    return result(view);
                });
    }

    private static Future<List<String>> joined(Work work, ChannelKey channel, List<String> userIds) {
        List<MemberKey> asked =
                userIds.stream().map(user -> new MemberKey(channel, user)).toList();
        if (asked.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return PgMembers.find(work.sql(), asked)
                .map(found -> found.values().stream()
                        .map(PgMembers.Standing::member)
                        .filter(Member::joined)
                        .map(Member::userId)
                        .toList());
    }

    /** Only who was not mentioned before is told. */
    private static Future<Void> mentionAgain(Work work, Message before, Message after) {
        if (before.mentions().equals(after.mentions())) {
            return Future.succeededFuture();
        }
        List<String> fresh = new ArrayList<>(after.mentions());
        fresh.removeAll(before.mentions());
        fresh.removeAll(List.of(after.authorId(), Draft.EVERYBODY));
        fresh.forEach(user -> work.notes()
                .mention(
                        after.channel().user(user),
                        Events.mentioned(after.ref(), after.id(), work.actor().id(), Excerpt.of(after.text())),
                        after.ref()));
        return PgMessages.forgetMentions(work.sql(), before)
                .compose(_ -> after.timeline() && !after.mentions().isEmpty()
                        ? PgMessages.mention(work.sql(), List.of(after))
                        : Future.succeededFuture());
    }

    private static void requireMayDelete(Access access, Message message, boolean hard) {
        boolean own = message.authorId().equals(access.actor().id());
        if (hard) {
            Refusals.unless(access.to(Capability.HARD_DELETE));
        }
        Refusals.unless(
                own && access.may(Capability.DELETE_OWN_MESSAGE)
                        ? access.to(Capability.DELETE_OWN_MESSAGE)
                        : access.to(Capability.DELETE_ANY_MESSAGE));
    }

    private static Future<Done> delete(Work work, Message message, boolean hard) {
        return Withdrawal.ofTexts(work.sql(), message, hard)
                .compose(_ -> PgMessages.forgetMentions(work.sql(), message))
                .compose(_ -> PgPins.remove(work.sql(), message.ref()))
                .compose(_ -> hard
                        ? PgMessages.erase(work.sql(), message)
                        : PgMessages.entomb(work.sql(), message, work.nowMillis()))
                .compose(_ -> thread(work, message))
                .map(thread -> {
                    work.append(Events.messageDeleted(message, work.actor().id(), hard, thread));
                    return Done.getDefaultInstance();
                });
    }

    /** A reply that goes changes how its thread looks. */
    private static Future<Optional<ThreadView>> thread(Work work, Message message) {
        if (!message.isReply() || message.isDeleted()) {
            return Future.succeededFuture(Optional.empty());
        }
        MessageRef parent = new MessageRef(message.channel(), message.parentOffset());
        return PgMessages.countThread(work.sql(), parent)
                .compose(thread -> PgMessages.putThreads(work.sql(), Map.of(parent, thread))
                        .map(Optional.of(thread)));
    }
}
