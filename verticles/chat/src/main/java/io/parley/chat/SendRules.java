package io.parley.chat;

import io.parley.chat.domain.Access;
import io.parley.chat.domain.Capability;
import io.parley.chat.domain.Draft;
import io.parley.chat.domain.Feature;
import io.parley.chat.domain.Message;
import io.parley.chat.domain.SlowMode;
import io.parley.chat.store.PgSends.Facts;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a send must meet. Each rule throws the refusal that its sender gets. */
final class SendRules {
    private final Draft draft;
    private final Access access;
    private final Facts facts;

    SendRules(Draft draft, Access access, Facts facts) {
        this.draft = draft;
        this.access = access;
        this.facts = facts;
    }

    void check(long nowMillis) {
        if (draft.parentId().isEmpty()) {
            Refusals.unless(access.toWrite(Capability.SEND_MESSAGE));
        } else {
            Refusals.unless(access.toWrite(Feature.THREADS, Capability.SEND_REPLY));
        }
        requireContent();
        requireMentions(access, draft.mentions(), user -> SendPlan.isJoined(facts, draft.channel(), user));
        if (!access.may(Capability.SKIP_SLOW_MODE)) {
            long wait = SlowMode.waitMillis(
                    access.channel().slowModeSeconds(), access.marker().lastSentAtMillis(), nowMillis);
            if (wait > 0) {
                throw Refusal.after(ErrorCode.SLOW_MODE, wait);
            }
        }
    }

    Optional<Message> parent() {
        if (draft.parentId().isEmpty()) {
            return Optional.empty();
        }
        Message parent = living(draft.parentId());
        if (parent.isReply()) {
            throw Refusal.violation("parentId", "pattern", "a message that is no reply itself");
        }
        return Optional.of(parent);
    }

    Optional<Message> quoted() {
        if (draft.quotedId().isEmpty()) {
            return Optional.empty();
        }
        Refusals.unless(access.toWrite(Feature.QUOTES, Capability.QUOTE));
        return Optional.of(living(draft.quotedId()));
    }

    /** Also for edits: only members, and everybody at once only with the right to. */
    static void requireMentions(Access access, List<String> mentions, java.util.function.Predicate<String> isJoined) {
        if (!mentions.isEmpty()) {
            Refusals.unless(access.toWrite(Feature.MENTIONS, Capability.READ));
        }
        for (int i = 0; i < mentions.size(); i++) {
            String user = mentions.get(i);
            if (user.equals(Draft.EVERYBODY)) {
                Refusals.unless(access.to(Capability.MENTION_ALL));
            } else if (!isJoined.test(user)) {
                throw Refusal.violation("mentions[" + i + "]", "pattern", "a member of the channel, or @channel");
            }
        }
    }

    static void requireFits(Access access, String text) {
        int bytesMax = access.rules().messageBytesMax();
        if (text.getBytes(StandardCharsets.UTF_8).length > bytesMax) {
            throw Refusal.violation("text", "maxBytes", "at most " + bytesMax + " bytes in channels of this type");
        }
        if (text.indexOf('\0') >= 0) {
            throw Refusal.violation("text", "pattern", "text without the character U+0000");
        }
    }

    private void requireContent() {
        if (draft.text().isBlank() && draft.custom().length == 0) {
            throw Refusal.violation("text", "required", "a text, or custom fields");
        }
        requireFits(access, draft.text());
    }

    private Message living(String id) {
        Message message = facts.message(draft.channel(), id).orElseThrow(() -> Refusal.of(ErrorCode.MESSAGE_NOT_FOUND));
        if (message.isDeleted()) {
            throw Refusal.of(ErrorCode.MESSAGE_DELETED);
        }
        return message;
    }
}
